from __future__ import annotations

import codecs
import encodings
import itertools
from encodings.aliases import aliases

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


@pytest.mark.parametrize("label", sorted({*aliases, *aliases.values()}))
def test_every_label_that_python_knows_is_known_in_its_usual_spellings(label: str) -> None:
    try:
        "".encode(label)
    except LookupError:
        return
    expected = codec_name(label)
    assert expected is None or codecs.lookup(expected)
    for spelling in (label.upper(), label.replace("_", "-"), label.replace("_", ":")):
        assert codec_name(spelling) == expected


def test_labels_of_servers_leave_nothing_in_the_cache_of_codecs() -> None:
    codec_name("utf-8")
    before = len(vars(encodings)["_cache"])
    for number in range(2_000):
        codec_name(f"unknown-{number}")
    for marks in itertools.product("-_:+", repeat=5):
        codec_name(f"utf{''.join(marks)}8")
    assert len(vars(encodings)["_cache"]) <= before + 1
