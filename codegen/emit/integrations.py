"""`hyperhttp/integrations/httpx2.py`, made from `httpx.py`: the two libraries differ in their name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from codegen.text import header

SOURCE: Final = "hyperhttp/integrations/httpx.py"
PATH: Final = "hyperhttp/integrations/httpx2.py"
_NAME: Final = re.compile(r"\bhttpx\b")


def files(root: Path) -> dict[str, str]:
    """Return the file, unformatted; none where there is no source."""
    source = root / SOURCE
    if not source.is_file():
        return {}
    return {PATH: header(SOURCE) + _NAME.sub("httpx2", source.read_text(encoding="utf-8"))}
