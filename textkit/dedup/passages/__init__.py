"""Sentences that say what a sentence elsewhere says."""
