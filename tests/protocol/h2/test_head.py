"""Heads and trailers of HTTP/2: what h2 refuses is refused, what it accepts is accepted too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import h2.connection
import h2.events
import h2.exceptions
import hpack
import pytest
from hyperframe.frame import HeadersFrame, SettingsFrame
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hyperhttp._protocol.h2.head import (
    DecodedHead,
    Field,
    MalformedFields,
    _check_regular,
    _is_ordinary,
    read_head,
    read_trailers,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Fields: TypeAlias = list[Field]

OK: Field = (b":status", b"200")


def fault_of_head(fields: Fields) -> str:
    with pytest.raises(MalformedFields) as caught:
        read_head(fields)
    assert str(caught.value) == caught.value.detail
    return caught.value.detail


def test_a_head_has_status_fields_and_no_reason() -> None:
    decoded = read_head([OK, (b"server", b"x"), (b"via", b""), (b"server", b"a\tb: \xe9")])
    head = decoded.head
    assert (head.status_code, head.reason_phrase, head.http_version) == (200, "", "HTTP/2")
    assert head.block == b"server: x\r\nvia: \r\nserver: a\tb: \xe9\r\n"
    assert head.fields == [(b"server", b"x"), (b"via", b""), (b"server", b"a\tb: \xe9")]
    assert decoded.content_length is None
    assert (head.has(b"via"), head.has(b"status")) == (True, False)


def test_a_head_may_be_a_status_only() -> None:
    head = read_head([(b":status", b"204")]).head
    assert (head.status_code, head.block, list(head.fields)) == (204, b"", [])


@pytest.mark.parametrize("status", [b"100", b"103", b"200", b"599", b"999"])
def test_every_status_of_three_digits_is_read(status: bytes) -> None:
    assert read_head([(b":status", status)]).head.status_code == int(status)


@pytest.mark.parametrize(
    "status",
    [b"", b"99", b"099", b"000", b"1000", b"2x0", b"-20", b"+20", b"2 0", b"200 ", b"\xb2"],
)
def test_another_status_is_refused(status: bytes) -> None:
    assert "is not three digits" in fault_of_head([(b":status", status)])


def test_there_is_nothing_to_switch_to() -> None:
    assert "status 101" in fault_of_head([(b":status", b"101")])


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ([], "response headers without :status"),
        ([(b"server", b"x")], "response headers without :status"),
        ([OK, OK], ":status comes twice"),
        ([OK, (b"server", b"x"), OK], ":status comes twice"),
        ([(b"server", b"x"), OK], ":status comes after regular fields"),
        ([OK, (b":path", b"/")], "the pseudo-field ':path' in a response"),
        ([(b":path", b"/"), OK], "the pseudo-field ':path' in a response"),
        ([(b":protocol", b"x"), OK], "the pseudo-field ':protocol' in a response"),
        ([OK, (b":new", b"x")], "the pseudo-field ':new' in a response"),
        ([OK, (b"server", b"x"), (b":new", b"x")], "the pseudo-field ':new' in a response"),
        ([OK, (b":", b"x")], "the pseudo-field ':' in a response"),
    ],
)
def test_pseudo_fields_are_one_status_that_comes_first(fields: Fields, fault: str) -> None:
    assert fault_of_head(fields) == fault


REGULAR_FAULTS = [
    ((b"", b"x"), "a field without a name"),
    ((b"Server", b"x"), "upper case in the field name 'Server'"),
    ((b"a b", b"x"), "the field name 'a b' is not a token"),
    ((b"a:b", b"x"), "the field name 'a:b' is not a token"),
    ((b"a\nb", b"x"), "the field name 'a\\nb' is not a token"),
    ((b"a: b\r\nc", b"x"), "the field name 'a: b\\r\\nc' is not a token"),
    ((b"a\x00", b"x"), "the field name 'a\\x00' is not a token"),
    ((b"\xe9", b"x"), "the field name '\\xe9' is not a token"),
    ((b"a" * 100 + b"/", b"x"), f"the field name '{'a' * 80}' is not a token"),
    ((b"a", b"x\r\nb: c"), "CR, LF or NUL in the field 'a'"),
    ((b"a", b"x\ny"), "CR, LF or NUL in the field 'a'"),
    ((b"a", b"\n"), "CR, LF or NUL in the field 'a'"),
    ((b"a", b"\r"), "CR, LF or NUL in the field 'a'"),
    ((b"a", b"\x00"), "CR, LF or NUL in the field 'a'"),
    ((b"a", b" x"), "white space around the value of the field 'a'"),
    ((b"a", b"x\t"), "white space around the value of the field 'a'"),
    ((b"a", b" "), "white space around the value of the field 'a'"),
    ((b"connection", b"close"), "the field 'connection', which HTTP/2 does not have"),
    ((b"keep-alive", b"x"), "the field 'keep-alive', which HTTP/2 does not have"),
    ((b"proxy-connection", b"x"), "the field 'proxy-connection', which HTTP/2 does not have"),
    ((b"transfer-encoding", b"x"), "the field 'transfer-encoding', which HTTP/2 does not have"),
    ((b"upgrade", b"x"), "the field 'upgrade', which HTTP/2 does not have"),
    ((b"te", b"gzip"), "the field 'te' with another value than trailers"),
    ((b"te", b"trailers, gzip"), "the field 'te' with another value than trailers"),
]


@pytest.mark.parametrize(
    ("field", "fault"), REGULAR_FAULTS, ids=[repr(f) for f, _ in REGULAR_FAULTS]
)
def test_a_malformed_field_is_refused_wherever_it_stands(field: Field, fault: str) -> None:
    others = [(b"server", b"x"), (b"via", b"y")]
    for place in range(3):
        fields = [*others[:place], field, *others[place:]]
        assert fault_of_head([OK, *fields]) == fault
        with pytest.raises(MalformedFields) as caught:
            read_trailers(fields)
        assert caught.value.detail == fault


def test_two_halves_of_a_fault_do_not_make_a_whole() -> None:
    # Joined by line feeds, as the quick look joins them, these would look like other fields.
    assert "not a token" in fault_of_head([OK, (b"a\nb", b"x"), (b"c", b"y")])
    assert "CR, LF or NUL" in fault_of_head([OK, (b"a", b"x\ny"), (b"c", b"z")])
    assert "without a name" in fault_of_head([OK, (b"a", b"x"), (b"", b"y"), (b"c", b"z")])


@pytest.mark.parametrize("code", [*range(1, 10), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0x80, 0xFF])
def test_other_control_bytes_are_kept(code: int) -> None:
    value = b"k=OIO%byX" % bytes([code])
    fields = [(b"server", b"x"), (b"set-cookie", value)]
    assert read_head([OK, *fields]).head.fields == fields
    assert read_trailers(fields) == fields


@pytest.mark.parametrize("value", [b"trailers", b"Trailers"])
def test_te_may_say_trailers(value: bytes) -> None:
    assert read_head([OK, (b"te", value)]).head.fields == [(b"te", value)]


@pytest.mark.parametrize(
    ("values", "length"),
    [
        ([b"0"], 0),
        ([b"5"], 5),
        ([b"005"], 5),
        ([b"5", b"5"], 5),
        ([b"5", b"05"], 5),
        ([b"9" * 18], 10**18 - 1),
    ],
)
def test_the_content_length_is_read(values: list[bytes], length: int) -> None:
    fields = [OK, *[(b"content-length", value) for value in values]]
    assert read_head(fields).content_length == length


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ([b"5", b"6"], "Content-Length comes twice, with different values"),
        ([b"5", b"5", b"6"], "Content-Length comes twice, with different values"),
        ([b""], "Content-Length '' is not a number of bytes"),
        ([b"-1"], "Content-Length '-1' is not a number of bytes"),
        ([b"+1"], "Content-Length '+1' is not a number of bytes"),
        ([b"1_0"], "Content-Length '1_0' is not a number of bytes"),
        ([b"0x1"], "Content-Length '0x1' is not a number of bytes"),
        ([b"5, 5"], "Content-Length '5, 5' is not a number of bytes"),
        ([b"5", b"x"], "Content-Length 'x' is not a number of bytes"),
        ([b"\xb2"], "Content-Length '\\xb2' is not a number of bytes"),
        ([b"1" * 19], f"Content-Length '{'1' * 19}' is not a number of bytes"),
    ],
)
def test_a_content_length_that_is_none_is_refused(values: list[bytes], fault: str) -> None:
    assert fault_of_head([OK, *[(b"content-length", value) for value in values]]) == fault


def test_trailers_are_the_fields_themselves() -> None:
    fields = [(b"grpc-status", b"0"), (b"x", b"")]
    assert read_trailers(fields) == fields
    assert list(read_trailers([])) == []


def test_trailers_do_not_say_how_long_the_body_was() -> None:
    with pytest.raises(MalformedFields, match="Content-Length in trailers"):
        read_trailers([(b"x", b"y"), (b"content-length", b"0")])


@pytest.mark.parametrize("name", [b":status", b":path", b":x"])
def test_trailers_have_no_pseudo_fields(name: bytes) -> None:
    for fields in ([(name, b"200")], [(b"x", b"y"), (name, b"200")]):
        with pytest.raises(
            MalformedFields, match=f"the pseudo-field '{name.decode()}' in trailers"
        ):
            read_trailers(fields)


# --- h2 as the oracle ---

USUAL_NAMES = [b"server", b"x-a", b"content-type", b"te", b"content-length", b":status"]
ODD_NAMES = [b"connection", b"upgrade", b":path", b":new", b":", b"", b"Upper", b"a b", b"x:y"]
ODDER_NAMES = [b"\xe9", b"a(b)", b"\n", b"a\x00"]
USUAL_VALUES = [b"", b"x", b"200", b"5", b"05", b"trailers", b"Trailers", b"a b", b"\xe9", b"204"]
ODD_VALUES = [b" x", b"x\t", b"+5", b"a\r\nb: c", b"a\nb", b"\x00", b"a\x01b", b"\x7f", b"101"]
ODDER_VALUES = [b"99", b"1" * 19, b"5, 5"]
names = st.sampled_from([*USUAL_NAMES, *ODD_NAMES, *ODDER_NAMES]) | st.binary(max_size=3)
values = st.sampled_from([*USUAL_VALUES, *ODD_VALUES, *ODDER_VALUES]) | st.binary(max_size=3)
tame_names = st.text("ab-\n", max_size=4).map(str.encode)
tame_values = st.text("ab \t\n", max_size=4).map(str.encode)
ordinary_fields = st.tuples(st.sampled_from([b"server", b"x-a", b"te"]), st.just(b"trailers"))
regular_fields = st.lists(ordinary_fields | st.tuples(names, values), max_size=4)
statuses = st.sampled_from([b"200", b"204", b"103", b"404"]).map(lambda code: [(b":status", code)])
heads = st.builds(lambda first, rest: first + rest, statuses | st.just([]), regular_fields)


def stricter_than_h2(fields: Sequence[Field]) -> bool:
    """Why we may refuse what h2 accepts: HTTP/1.1 would not have it, or a status makes no sense."""
    statuses = [value for name, value in fields if name == b":status"]
    lengths = [value for name, value in fields if name == b"content-length"]
    return (
        any(re.search(rb"[\x00\n\r]", value) for _, value in fields)
        or any(re.search(rb"[^!#$%&'*+\-.^_`|~0-9a-z:]", name) for name, _ in fields)
        or any(re.fullmatch(rb"[1-9][0-9]{2}", status) is None for status in statuses)
        or b"101" in statuses
        or any(len(length) > 18 for length in lengths)
    )


def client_that_has_asked() -> h2.connection.H2Connection:
    client = h2.connection.H2Connection()
    client.initiate_connection()
    client.send_headers(
        1,
        [(":method", "GET"), (":scheme", "https"), (":authority", "example.com"), (":path", "/")],
        end_stream=True,
    )
    client.receive_data(SettingsFrame(0).serialize())
    return client


def read_by_h2(client: h2.connection.H2Connection, fields: Fields, *, ended: bool) -> Fields | None:
    frame = HeadersFrame(1, data=hpack.Encoder().encode(fields), flags=["END_HEADERS"])
    if ended:
        frame.flags.add("END_STREAM")
    try:
        events = client.receive_data(frame.serialize())
    except h2.exceptions.ProtocolError:
        return None
    for event in events:
        if isinstance(
            event,
            h2.events.ResponseReceived
            | h2.events.InformationalResponseReceived
            | h2.events.TrailersReceived,
        ):
            return [(bytes(name), bytes(value)) for name, value in event.headers]
    return None


def head_or_none(fields: Fields) -> DecodedHead | None:
    try:
        return read_head(fields)
    except MalformedFields:
        return None


@pytest.mark.slow
@settings(max_examples=500)
@given(heads)
def test_h2_and_we_agree_about_heads(fields: Fields) -> None:
    expected, decoded = (
        read_by_h2(client_that_has_asked(), fields, ended=False),
        head_or_none(fields),
    )
    if decoded is not None:
        assert expected == fields
        assert decoded.head.status_code == int(fields[0][1])
        assert decoded.head.fields == fields[1:]
    else:
        assert expected is None or stricter_than_h2(fields)


@pytest.mark.slow
@settings(max_examples=300)
@given(regular_fields)
def test_h2_and_we_agree_about_trailers(fields: Fields) -> None:
    client = client_that_has_asked()
    assert read_by_h2(client, [OK], ended=False) == [OK]
    assume(fields)  # h2 takes an empty block for no trailers at all, which it is.
    expected = read_by_h2(client, fields, ended=True)
    try:
        assert read_trailers(fields) == fields
    except MalformedFields:
        # h2 counts the body again by the Content-Length that it finds there.
        framed = any(name == b"content-length" for name, _ in fields)
        assert expected is None or framed or stricter_than_h2(fields)
    else:
        assert expected == fields


@settings(max_examples=300)
@given(st.lists(st.tuples(tame_names | names, tame_values | values), max_size=3))
def test_the_quick_look_accepts_only_what_the_close_look_accepts(fields: Fields) -> None:
    if _is_ordinary(fields):
        _check_regular(fields)
