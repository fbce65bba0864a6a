"""What is kept of each document for comparing it: tokens, digests, shingles, signatures."""
