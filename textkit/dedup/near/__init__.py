"""Near copies: candidate pairs, their scores, the criteria, clusters."""
