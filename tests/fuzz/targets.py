"""The fuzz targets by name, and the corpus of each: `corpus/<target>/<what>.txt` or `.hex`.

A target is a function of bytes that fails by an exception. The entry of a corpus is its input as
it is, or, if it isn't UTF-8, in hexadecimal with comments after "#".
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.fuzz import (
    cookie_files,
    event_streams,
    forms,
    h1_responses,
    h2_frames,
    header_values,
    hpack_blocks,
    set_cookies,
    urls,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CORPUS: Final = Path(__file__).with_name("corpus")
TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "h1": h1_responses.check,
    "h2": h2_frames.check,
    "hpack": hpack_blocks.check,
    "url": urls.check,
    "set_cookie": set_cookies.check,
    "cookie_file": cookie_files.check,
    "headers": header_values.check,
    "sse": event_streams.check,
    "multipart": forms.check,
}

_COMMENT: Final = re.compile(r"#.*")


def entries(target: str, corpus: Path = CORPUS) -> dict[str, bytes]:
    """The inputs in the corpus of a target, by the name of their file."""
    files = sorted((corpus / target).iterdir())
    return {path.name: input_of(path) for path in files}


def input_of(path: Path) -> bytes:
    """The input that a file of a corpus contains."""
    if path.suffix == ".hex":
        return bytes.fromhex(_COMMENT.sub("", path.read_text(encoding="ascii")))
    return path.read_bytes()
