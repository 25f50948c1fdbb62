"""Reads the YAML files of data/."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def read_yaml(path: Path) -> Any:
    """Return what a file holds, read by libyaml where PyYAML has it: ten times as fast.

    Raises:
        OSError: it cannot be read.
        yaml.YAMLError: it is not YAML.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # nosec B506
