"""The gloss: Chinese word by word in English, from CC-CEDICT, where no model is installed."""
