"""One body of work on disk: records, embeddings, links, themes, decisions."""
