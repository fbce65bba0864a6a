"""Tables, explanations and differences for a person to read."""
