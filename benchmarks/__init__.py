"""Speed and quality: each module is a command that prints one table."""
