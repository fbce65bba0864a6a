"""What every stage needs to know of text: scripts, lines, blocks, sentences, words."""
