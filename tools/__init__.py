"""What makes the project's generated files: man pages, completion, reference. Not installed."""
