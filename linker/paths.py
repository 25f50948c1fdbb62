"""Where the product's own files lie: data/, models/, indices/ and the schemas."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Return the folder that holds data/, models/ and indices/.

    ``LINKER_HOME`` when set; else ``linker/bundled`` of an installed package; else the checkout.
    """
    if chosen := os.environ.get("LINKER_HOME"):
        return Path(chosen)
    return _shipped()


def _shipped() -> Path:
    bundled = Path(__file__).parent / "bundled"
    return bundled if bundled.is_dir() else Path(__file__).parent.parent


def data_dir() -> Path:
    """Return data/: the SDG framework and knowledge, the vocabularies, the demonstration State."""
    return home() / "data"


def models_dir() -> Path:
    """Return models/: encoder, scorers and classifiers, each with its model card."""
    return home() / "models"


def indices_dir() -> Path:
    """Return indices/: the FAISS index of the SDG framework."""
    return home() / "indices"


def app_file() -> Path:
    """Return app.py, the entry of the reviewer application."""
    return home() / "app.py"


def schemas_dir() -> Path:
    """Return docs/schemas/: the JSON schemas of what is exported; always those that ship."""
    return _shipped() / "docs" / "schemas"
