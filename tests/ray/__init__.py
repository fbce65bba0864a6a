"""Runs on Ray; `make test-ray` runs them, in a process of their own."""
