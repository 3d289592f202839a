"""Forms with files: a parser that others keep reads back what was given, whatever it is."""

from __future__ import annotations

import io
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp import MultipartFile
from hyperhttp._base._generated.errors import BodyNotReplayable, ConfigError, LocalProtocolError
from hyperhttp._message.request.body_kinds import BytesBody
from hyperhttp._message.request.multipart import MultipartBody, encode_multipart
from tests.message.forms import Part, parsed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hyperhttp._message.request.multipart import FileContent, FileInput, FilesInput

BOUNDARY = "b"
KIND = f"multipart/form-data; boundary={BOUNDARY}"
LONG = os.urandom(300_000)


async def sent(body: BytesBody | MultipartBody) -> bytes:
    if isinstance(body, BytesBody):
        return body.data
    async with aclosing(body.chunks()) as chunks:
        data = b"".join([bytes(chunk) async for chunk in chunks])
    assert body.length in {None, len(data)}
    return data


async def parts_of(files: FilesInput, fields: list[tuple[str, str]] | None = None) -> list[Part]:
    body = encode_multipart(fields or [], files)
    return parsed(await sent(body), body.content_type)


def escaped(name: str) -> str:
    """As WHATWG has it, with all controls, and the one backslash that could hide a quote."""
    text = re.sub(r'[\x00-\x08\x0a-\x1f\x7f"]', lambda found: f"%{ord(found[0]):02X}", name)
    return re.sub(r"\\$", "%5C", text)


TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
HOSTILE = st.one_of(
    TEXT,
    st.text(st.sampled_from('"\\\r\n;=%\x00\t: -b'), max_size=20),
    st.sampled_from(['a"; filename="evil', "a\r\nContent-Type: text/html\r\n\r\n", "\r\n--b\r\n"]),
)
CONTENT = st.one_of(
    st.binary(max_size=200),
    st.lists(
        st.sampled_from([b"--", b"\r\n", b"--b", b"\r\n--b\r\n", b"\r\n--b--\r\n", b"\r", b"-"]),
        max_size=12,
    ).map(b"".join),
)


@given(st.lists(st.tuples(HOSTILE, HOSTILE, CONTENT), max_size=5), st.data())
async def test_what_was_given_is_read_back(
    files: list[tuple[str, str, bytes]], data: st.DataObject
) -> None:
    fields = data.draw(st.lists(st.tuples(HOSTILE, TEXT), max_size=3))
    body = encode_multipart(fields, [(name, (file, content)) for name, file, content in files])
    parts = parsed(await sent(body), body.content_type)
    assert [(part.name, part.filename, part.content) for part in parts] == [
        *((escaped(name), None, value.encode()) for name, value in fields),
        *((escaped(name), escaped(file), content) for name, file, content in files),
    ]


@given(st.lists(CONTENT, min_size=1, max_size=4))
async def test_however_the_content_comes_it_is_the_same_form(contents: list[bytes]) -> None:
    async def pieces(content: bytes) -> AsyncIterator[bytes]:
        for at in range(0, len(content), 7):
            yield content[at : at + 7]

    whole = encode_multipart([], [("f", c) for c in contents], content_type=KIND)
    for make in (listed, pieces, io.BytesIO, bytearray, memoryview, iter_of):
        made = [("f", MultipartFile(cast("FileContent", make(c)))) for c in contents]
        assert await sent(encode_multipart([], made, content_type=KIND)) == await sent(whole)


def listed(content: bytes) -> list[bytes]:
    return [content[:3], b"", content[3:]]


def iter_of(content: bytes) -> Iterator[bytes]:
    yield content[:1]
    yield content[1:]


def test_the_bytes_are_those_of_the_standard() -> None:
    files: FilesInput = {"f": ("a.txt", b"x", None, {"X-A": "1"}), "g": (None, "é")}
    body = encode_multipart([("a", "1")], files, content_type=KIND)
    assert body == BytesBody(
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n'
        b"X-A: 1\r\nContent-Type: text/plain\r\n\r\nx\r\n"
        b'--b\r\nContent-Disposition: form-data; name="g"\r\n\r\n\xc3\xa9\r\n'
        b"--b--\r\n",
        KIND,
    )


def test_nothing_is_a_form_without_parts() -> None:
    assert encode_multipart([], {}, content_type=KIND) == BytesBody(b"--b--\r\n", KIND)


def test_each_form_has_a_boundary_of_its_own() -> None:
    kinds = {encode_multipart([], {}).content_type for _ in range(20)}
    assert len(kinds) == 20
    assert all(re.fullmatch(r"multipart/form-data; boundary=[0-9a-f]{32}", k or "") for k in kinds)


@pytest.mark.parametrize(
    ("file", "filename", "kind"),
    [
        pytest.param(b"x", "upload", "application/octet-stream", id="bytes"),
        pytest.param("x", "upload", "text/plain; charset=utf-8", id="text"),
        pytest.param(("a.csv", "x"), "a.csv", "text/csv", id="text with a name"),
        pytest.param(("a.PNG", b"x"), "a.PNG", "image/png", id="an ending in capitals"),
        pytest.param(("a.tar.gz", b"x"), "a.tar.gz", "application/gzip", id="packed"),
        pytest.param(
            ("a.html.br", b"x"), "a.html.br", "application/octet-stream", id="packed by br"
        ),
        pytest.param(("a.b.nonesuch", b"x"), "a.b.nonesuch", "application/octet-stream", id="odd"),
        pytest.param(
            ("data:text/html,x", b"x"),
            "data:text/html,x",
            "application/octet-stream",
            id="a data URL",
        ),
        pytest.param(("a.csv", b"x", "text/x"), "a.csv", "text/x", id="its type given"),
        pytest.param(
            ("a.csv", b"x", None, {"content-type": "a/b"}), "a.csv", "a/b", id="by header"
        ),
        pytest.param((None, b"x"), None, None, id="no name"),
        pytest.param((None, b"x", "a/b"), None, "a/b", id="no name, but a type"),
        pytest.param(("", b"x"), "", "application/octet-stream", id="an empty name"),
        pytest.param(MultipartFile(b"x", filename="y.txt"), "y.txt", "text/plain", id="an object"),
        pytest.param(
            MultipartFile(b"x"), "upload", "application/octet-stream", id="a plain object"
        ),
    ],
)
async def test_a_file_has_a_name_and_a_type(
    file: FileInput, filename: str | None, kind: str | None
) -> None:
    (part,) = await parts_of({"f": file})
    assert (part.name, part.filename, part.content) == ("f", filename, b"x")
    assert part.headers.get("content-type") == kind


async def test_files_and_paths_have_their_own_names(tmp_path: Path) -> None:
    path = tmp_path / 'r"é.txt'
    path.write_bytes(b"x")
    with path.open("rb") as file, open(os.dup(file.fileno()), "rb") as nameless:
        parts = await parts_of([("f", path), ("f", file), ("f", nameless), ("f", io.BytesIO(b"x"))])
    assert [part.filename for part in parts] == ["r%22é.txt"] * 2 + ["upload"] * 2
    assert [part.content for part in parts] == [b"x"] * 4


async def test_a_path_that_is_no_text_is_sent_with_a_name_that_is(tmp_path: Path) -> None:
    name = os.fsdecode(b"a\xff\r\n.txt")
    (tmp_path / name).write_bytes(b"x")
    (part,) = await parts_of({"f": tmp_path / name})
    assert part.filename == "a\ufffd%0D%0A.txt"


async def test_a_name_may_come_twice_in_pairs() -> None:
    parts = await parts_of([("f", b"1"), ("f", b"2")], [("f", "0")])
    assert [(part.name, part.content) for part in parts] == [("f", b"0"), ("f", b"1"), ("f", b"2")]


async def test_one_open_file_can_be_sent_under_two_names(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(LONG)
    with (tmp_path / "f").open("rb") as file:
        parts = await parts_of({"a": file, "b": file})
    assert [part.content for part in parts] == [LONG, LONG]


async def test_long_bytes_are_sent_as_they_lie() -> None:
    body = encode_multipart([], {"f": LONG})
    assert isinstance(body, MultipartBody)
    assert (body.replayable, body.length) == (True, len(await sent(body)))
    assert any([chunk is LONG async for chunk in body.chunks()])


@pytest.mark.parametrize(
    ("make", "replayable", "is_known"),
    [
        pytest.param(lambda: [b"a", b"b"], True, True, id="a list of pieces"),
        pytest.param(lambda: io.BytesIO(b"ab"), True, True, id="a file"),
        pytest.param(lambda: iter([b"ab"]), False, False, id="an iterator"),
        pytest.param(lambda: MultipartFile(iter([b"ab"]), length=2), False, True, id="its length"),
    ],
)
async def test_a_form_is_what_its_parts_are(
    make: Callable[[], FileInput], *, replayable: bool, is_known: bool
) -> None:
    body = encode_multipart([], [("f", make()), ("g", LONG)])
    assert isinstance(body, MultipartBody)
    assert (body.replayable, body.length is not None) == (replayable, is_known)
    first = await sent(body)
    assert [part.content for part in parsed(first, body.content_type)] == [b"ab", LONG]
    if replayable:
        assert await sent(body) == first
    else:
        with pytest.raises(BodyNotReplayable):
            body.chunks()


@pytest.mark.parametrize(("length", "says"), [(4, "1 bytes shorter"), (2, "longer"), (0, "longer")])
async def test_a_part_that_is_not_as_long_as_was_said_never_reaches_into_the_next(
    length: int, says: str
) -> None:
    file = MultipartFile(iter([b"ab", b"c"]), length=length)
    body = encode_multipart([], [("f", file), ("g", b"next")], content_type=KIND)
    assert isinstance(body, MultipartBody)
    got: list[bytes] = []
    with pytest.raises(LocalProtocolError, match=f"'f' is {says}"):
        async for chunk in body.chunks():
            got.append(bytes(chunk))  # noqa: PERF401 - what came before the error counts
    content = b"".join(got).partition(b"\r\n\r\n")[2]
    assert len(content) <= length
    assert b"next" not in content


async def test_leaving_a_form_closes_the_source_of_the_part_it_is_at() -> None:
    closed: list[bool] = []

    async def source() -> AsyncIterator[bytes]:
        try:
            yield b"a"
            yield b"b"
        finally:
            closed.append(True)

    body = encode_multipart([], {"f": source()})
    assert isinstance(body, MultipartBody)
    chunks = body.chunks()
    assert [bytes(await anext(chunks)) for _ in range(2)][1] == b"a"
    await chunks.aclose()
    assert closed == [True]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        pytest.param(5, "with 5; expected bytes, str, a path", id="a number"),
        pytest.param(None, "with None; expected", id="None"),
        pytest.param(io.StringIO("x"), "text mode", id="a file of text"),
        pytest.param("\ud800", "lone surrogate", id="a lone surrogate"),
        pytest.param((b"x",), "a tuple of 1", id="a short tuple"),
        pytest.param(("a", b"x", "a/b", None, 1), "a tuple of 5", id="a long tuple"),
        pytest.param((5, b"x"), "a file name that is 5", id="a name that is no text"),
        pytest.param(("\ud800", b"x"), "a name with a lone surrogate", id="a name that is odd"),
        pytest.param(("a", b"x", 5), "a content type that is 5", id="a type that is no text"),
        pytest.param(("a", b"x", "a/b\r\nX: y"), r"Content-Type.*\\r", id="two lines of type"),
        pytest.param(("a", b"x", None, {"X": "a\r\nb"}), r"'X'.*\\r", id="a value of two lines"),
        pytest.param(("a", b"x", None, {"X:": "a"}), "not a token", id="a field of a bad name"),
        pytest.param(
            ("a", b"x", None, cast("dict[str, str]", {"X": 5})), "headers: 'X': 5", id="no text"
        ),
        pytest.param(
            ("a", b"x", None, cast("dict[str, str]", "X: y")), "headers: str", id="no headers"
        ),
        pytest.param(("a", b"x", None, {"Content-Disposition": "x"}), "Content-Disp", id="its own"),
        pytest.param(
            ("a", b"x", "a/b", {"content-type": "x"}), "two content types", id="two types"
        ),
        pytest.param(MultipartFile(b"x", length=2), "length 2 for a content of 1", id="a length"),
        pytest.param(MultipartFile([], length=-1), "length -1", id="a negative length"),
        pytest.param(MultipartFile([], length=cast("int", True)), "length True", id="a flag"),
    ],
)
def test_what_cannot_be_sent_is_told_with_the_part(file: FileInput, says: str) -> None:
    with pytest.raises(ConfigError, match=f"part 'the file'.*{says}") as caught:
        encode_multipart([], {"good": b"x", "the file": file})
    assert caught.value.option == "files"


def test_a_path_to_no_file_is_told_with_the_part(tmp_path: Path) -> None:
    for path, why in ((tmp_path, "Is a directory"), (tmp_path / "x", "No such file")):
        with pytest.raises(ConfigError, match=f"part 'f' with a path: {why}") as caught:
            encode_multipart([], {"f": path})
        assert isinstance(caught.value.__cause__, OSError)


@pytest.mark.parametrize("files", [b"x", "x", 5, [b"x"], {5: b"x"}, {"\ud800": b"x"}])
def test_what_are_no_files_is_refused(files: FilesInput) -> None:
    with pytest.raises(ConfigError) as caught:
        encode_multipart([], files)
    assert caught.value.option == "files"


@pytest.mark.parametrize(
    ("kind", "boundary"),
    [
        ("multipart/form-data; boundary=x", b"x"),
        ('Multipart/Related; type=a; BOUNDARY="a b"; x=y', b"a b"),
        ("multipart/form-data; boundary=" + "x" * 70, b"x" * 70),
    ],
)
def test_a_boundary_of_the_callers_parts_the_form(kind: str, boundary: bytes) -> None:
    assert encode_multipart([], {}, content_type=kind) == BytesBody(b"--%s--\r\n" % boundary, kind)


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        'multipart/form-data; boundary="x "',
        "multipart/form-data; boundary=" + "x" * 71,
        "multipart/form-data; boundary=é",
        "text/plain; boundary=x",
    ],
)
def test_a_content_type_that_does_not_part_files_is_refused(kind: str) -> None:
    with pytest.raises(ConfigError, match=r"Content-Type of .*a multipart type with a boundary"):
        encode_multipart([], {}, content_type=kind)


def test_a_file_shows_no_content() -> None:
    assert repr(MultipartFile(b"secret")) == "MultipartFile(bytes)"
    assert repr(MultipartFile("secret", filename="a")) == "MultipartFile(str, filename='a')"
