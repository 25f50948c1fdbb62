"""The Sustainable Development Goals: the official framework and the knowledge about it."""
