"""A text to its reading: its asks, their concepts, instruments and groups, side by side."""
