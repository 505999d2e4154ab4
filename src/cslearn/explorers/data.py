"""The data modules of explorers: words and figures that the page and Python both read."""

from __future__ import annotations

import json
from pathlib import Path

_BEFORE = "export const data = "


def read_data(path: Path) -> dict:
    """What a data module holds: one JSON object behind ``export const data =``."""
    return json.loads(path.read_text(encoding="utf-8").removeprefix(_BEFORE).rstrip().removesuffix(";"))


def write_data(path: Path, data: dict) -> None:
    """Writes a data module that ``read_data`` and a browser can read."""
    path.write_text(_BEFORE + json.dumps(data, indent=1, ensure_ascii=False) + ";\n", encoding="utf-8")
