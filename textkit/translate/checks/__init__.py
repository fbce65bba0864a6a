"""What a translation must keep: numbers, Latin names, known names, and the user's own terms."""
