"""Pack langdetect's profiles into textkit/detect/data: `python -m tools.profiles`."""

from __future__ import annotations

from pathlib import Path

from textkit.detect.compiling import tables
from textkit.detect.profiles import FILE, MADE_OF, installed, pack

if __name__ == "__main__":
    path = Path(__file__).parents[1] / "textkit" / "detect" / "data" / FILE
    path.write_bytes(pack({**tables(), MADE_OF: installed()}))
