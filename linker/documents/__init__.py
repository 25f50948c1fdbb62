"""What people take away, and what they bring back filled in."""
