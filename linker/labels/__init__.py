"""Issue tags and action categories for records that nobody has coded yet."""
