"""The reviewer application: navigation and nothing else. Run it with ``linker app``."""

from __future__ import annotations

from linker.ui.frame import run

run()
