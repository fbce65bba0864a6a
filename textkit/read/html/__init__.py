"""HTML pages: the article out of the markup round it."""
