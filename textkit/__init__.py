"""textkit: clean, detect, translate, de-duplicate and summarise scraped, mixed-language text."""
