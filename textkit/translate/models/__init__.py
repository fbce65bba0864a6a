"""Model packages: what is installed, installing, downloading, and what works."""
