"""Quality and speed, measured; the labels lie in evaluation/gold."""
