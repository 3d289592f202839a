from __future__ import annotations

import pytest

from hyperhttp._message.headers.codec_names import codec_name


@pytest.mark.parametrize(
    ("label", "name"),
    [("UTF-8", "utf-8"), ("utf8", "utf-8"), ("utf-8-sig", "utf-8"), ("latin1", "iso8859-1")],
)
def test_a_label_that_python_knows_gives_its_codec(label: str, name: str) -> None:
    assert codec_name(label) == name


@pytest.mark.parametrize(
    "label", ["", "x-unknown", "base64", "rot13", "idna", "punycode", "a b", "a" * 41, "utf-8\n"]
)
def test_a_label_of_no_text_encoding_gives_none(label: str) -> None:
    assert codec_name(label) is None
