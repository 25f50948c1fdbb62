"""What the engine knows in words: one reader for the text files of data/vocabularies."""
