"""Speed and memory, beside what people would otherwise run: ``python -m evaluation.speed``."""
