"""Prints how good and how steady the themes are, and how long they take."""

from __future__ import annotations

from evaluation.tables import plain
from evaluation.themes.xray import numbers


def main() -> None:
    """Print all tables."""
    for rows in numbers().values():
        print(plain(rows), end="\n\n")


if __name__ == "__main__":
    main()
