"""Other languages: the phrases of the English reading, and what reading texts with it gives."""
