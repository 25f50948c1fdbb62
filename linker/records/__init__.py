"""What a record is, how files become records, and how a record is cut into asks."""
