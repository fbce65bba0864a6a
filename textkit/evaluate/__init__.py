"""Evaluation: how near an output comes to what people wrote."""
