"""The implementation plan as data, and what people take away from it."""
