"""Which encoding bytes are in, and the text that they hold in it."""
