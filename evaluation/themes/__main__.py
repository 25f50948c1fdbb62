"""Prints how good and how steady the themes are, and how long they take."""

from __future__ import annotations

from evaluation.themes.xray import numbers, table


def main() -> None:
    """Print all tables."""
    for rows in numbers().values():
        print(table(rows), end="\n\n")


if __name__ == "__main__":
    main()
