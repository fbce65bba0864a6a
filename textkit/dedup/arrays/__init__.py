"""Sorting, TF-IDF vectors and document frequencies over large arrays."""
