"""Ours compared with the decoder and encoder of `hpack`, which are the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import hpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyperhttp._base._generated.config import Limits
from hyperhttp._message.headers.headers import Headers
from hyperhttp._protocol.h2.head import Field
from hyperhttp._protocol.h2.hpack import HeadDecoder, HeadEncoder, HpackError, MalformedFields
from hyperhttp._protocol.uncacheable import UNCACHEABLE
from tests import traced_memory

if TYPE_CHECKING:
    from collections.abc import Sequence

Fields: TypeAlias = list[Field]

GENEROUS = Limits(max_head_bytes=1 << 20, max_head_fields=10_000)
OK: Field = (b":status", b"200")
# 32 + 1 + 1: the smallest entries that have a name and a value.
SMALL_ENTRY_BYTES = 34


def integer(number: int, pattern: int, prefix_bits: int) -> bytes:
    """RFC 7541 5.1, in the words of the RFC."""
    most = (1 << prefix_bits) - 1
    if number < most:
        return bytes([pattern | number])
    coded, number = bytearray([pattern | most]), number - most
    while number >= 128:
        coded.append(number % 128 + 128)
        number //= 128
    return bytes([*coded, number])


def text(value: bytes, *, huffman: bool = False) -> bytes:
    if huffman:
        coded = hpack.Encoder().huffman_coder.encode(value)
        return integer(len(coded), 0x80, 7) + coded
    return integer(len(value), 0, 7) + value


def indexed(index: int) -> bytes:
    return integer(index, 0x80, 7)


def inserted(name: bytes, value: bytes) -> bytes:
    return b"\x40" + text(name) + text(value)


def resized(size: int) -> bytes:
    return integer(size, 0x20, 5)


def list_size(fields: Fields) -> int:
    return sum(len(name) + len(value) + 32 for name, value in fields)


# --- decoding: compared with the library ---

words = st.sampled_from([b"", b"a", b"server", b"x-long" * 9, b"\xff\x00", b"v" * 130]) | st.binary(
    max_size=6
)
names = st.sampled_from([b":status", b"server", b"date", b"x-a", b"set-cookie", b""]) | words


@st.composite
def literals(draw: st.DrawFn) -> bytes:
    pattern, prefix_bits = draw(st.sampled_from([(0x40, 6), (0x40, 6), (0x00, 4), (0x10, 4)]))
    index = draw(st.sampled_from([0, 0, 1, 8, 15, 61, 62, 63, 70, 130]))
    start = integer(index, pattern, prefix_bits)
    if not index:
        start += text(draw(names), huffman=draw(st.booleans()))
    return start + text(draw(words), huffman=draw(st.booleans()))


fields_by_hand = st.one_of(
    literals(),
    st.integers(0, 130).map(indexed),
    st.sampled_from([2, 8, 61, 62, 63, 64]).map(indexed),
)
sizes = st.sampled_from([0, 33, 64, 150, 300, 4096, 4097]) | st.integers(0, 4096)
blocks_by_hand = st.builds(
    lambda updates, fields, cut, tail: b"".join([*map(resized, updates), *fields])[:cut] + tail,
    st.just([]) | st.lists(sizes, max_size=2),
    st.lists(fields_by_hand, max_size=5),
    st.sampled_from([None, None, None, None, -1, 3]),
    st.sampled_from([b"", b"", b"", b"", b"\x3f\x01", b"\xff\xff\xff\xff\xff\xff\x01", b"\x7f"]),
)


def outcome_of_stock(decoder: hpack.Decoder, block: bytes) -> Fields | None:
    try:
        return [(bytes(name), bytes(value)) for name, value in decoder.decode(block, raw=True)]
    except hpack.HPACKError:
        return None


def outcome(decoder: HeadDecoder, block: bytes) -> Fields | None:
    try:
        return list(decoder.decode(block))
    except HpackError:
        return None


def assert_same_table(ours: HeadDecoder, stock: hpack.Decoder) -> None:
    """Every index means the same to both, and the first one without a meaning ends it."""
    for index in range(62, 62 + 4096 // 32 + 1):
        expected = outcome_of_stock(stock, indexed(index))
        assert outcome(ours, indexed(index)) == expected
        if expected is None:
            return
    pytest.fail("a table cannot have so many entries")


def assert_same_reading(blocks: list[bytes]) -> None:
    ours, stock = HeadDecoder(GENEROUS), hpack.Decoder(max_header_list_size=1 << 20)
    for block in blocks:
        expected = outcome_of_stock(stock, block)
        assert outcome(ours, block) == expected
        if expected is None:
            return
    assert_same_table(ours, stock)


# A few blocks in any order, each several times: what is remembered is asked for again.
@pytest.mark.slow
@settings(max_examples=400)
@given(
    pool=st.lists(blocks_by_hand, min_size=1, max_size=5),
    order=st.lists(st.integers(0, 4), min_size=1, max_size=14),
)
def test_blocks_by_hand_are_read_as_the_library_reads_them(
    pool: list[bytes], order: list[int]
) -> None:
    assert_same_reading([pool[place % len(pool)] for place in order])


header_tuples = st.builds(
    lambda name, value, never: (
        hpack.NeverIndexedHeaderTuple(name, value) if never else hpack.HeaderTuple(name, value)
    ),
    st.sampled_from([b":status", b"server", b"date", b"x-a", b"set-cookie", b"x-" + b"n" * 130]),
    st.sampled_from([b"", b"200", b"nginx", b"b" * 140, b"w" * 3000]) | st.binary(max_size=4),
    st.booleans(),
)


@pytest.mark.slow
@settings(max_examples=200)
@given(
    pool=st.lists(st.lists(header_tuples, max_size=6), min_size=1, max_size=4),
    order=st.lists(
        st.tuples(st.integers(0, 3), st.booleans(), st.none() | st.integers(0, 4096)),
        min_size=1,
        max_size=12,
    ),
)
def test_what_the_library_writes_is_read(
    pool: list[list[hpack.HeaderTuple]], order: list[tuple[int, bool, int | None]]
) -> None:
    encoder, blocks = hpack.Encoder(), list[bytes]()
    for place, huffman, table_size in order:
        if table_size is not None:
            encoder.header_table_size = table_size
        blocks.append(encoder.encode(pool[place % len(pool)], huffman=huffman))
    assert_same_reading(blocks)


@given(st.lists(st.binary(max_size=40), max_size=4))
def test_noise_is_refused_or_read_as_the_library_does(blocks: list[bytes]) -> None:
    assert_same_reading(blocks)


def test_every_part_of_a_block_is_read_or_refused_as_the_library_does() -> None:
    whole = resized(100) + inserted(b"server", b"x" * 130) + indexed(2) + literal_with_huffman()
    for end in range(len(whole) + 1):
        assert_same_reading([whole[:end]])


def literal_with_huffman() -> bytes:
    return b"\x00" + text(b"x-name", huffman=True) + text(b"some value", huffman=True)


# RFC 7541 C.6: three responses, in a table of 256 bytes.
RFC_FIRST = (
    "3fe101488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff"
    "6e919d29ad171863c78f0b97c8e9ae82ae43d3"
)
RFC_SECOND = "4883640effc1c0bf"
RFC_THIRD = (
    "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b3"
    "35dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"
)
DATE = (b"date", b"Mon, 21 Oct 2013 20:13:21 GMT")
LOCATION = (b"location", b"https://www.example.com")
CACHE = (b"cache-control", b"private")


def test_the_examples_of_the_rfc_are_read() -> None:
    decoder = HeadDecoder(GENEROUS)
    blocks = (RFC_FIRST, RFC_SECOND, RFC_THIRD)
    first, second, third = (decoder.decode(bytes.fromhex(block)) for block in blocks)
    assert first == [(b":status", b"302"), CACHE, DATE, LOCATION]
    assert second == [(b":status", b"307"), CACHE, DATE, LOCATION]
    assert third == [
        OK,
        CACHE,
        (b"date", b"Mon, 21 Oct 2013 20:13:22 GMT"),
        LOCATION,
        (b"content-encoding", b"gzip"),
        (b"set-cookie", b"foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"),
    ]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (b"\x80", "Invalid table index 0"),
        (indexed(62), "Invalid table index 62"),
        (b"\x7e" + text(b"x"), "Invalid table index 62"),
        (resized(4097), "4097 bytes, 4096 are allowed"),
        (indexed(8) + resized(100), "after a field"),
        (b"\xff", "Unable to decode"),
        (b"\xff\x80\x80\x80\x80\x80\x01", "too long"),
        (b"\x40", "in the middle of a field"),
        (b"\x40\x01a", "in the middle of a field"),
        (b"\x40\x02a", "in the middle of a text"),
        (b"\x00\x81\x00", "Incomplete Huffman"),
        (b"\x00\x84\xff\xff\xff\xff", "Invalid Huffman"),
    ],
)
def test_a_broken_block_is_fatal_and_says_why(block: bytes, reason: str) -> None:
    with pytest.raises(HpackError, match=reason):
        HeadDecoder(GENEROUS).skip(block)


# --- decoding: the memory ---


def assert_different(heads: Sequence[object]) -> None:
    assert len(set(map(id, heads))) == len(heads)


def test_a_block_that_came_before_gives_the_same_head() -> None:
    decoder = HeadDecoder(GENEROUS)
    block = indexed(8) + inserted(b"server", b"x")
    decoder.head(block)
    first = decoder.head(block)
    assert decoder.head(block) is first
    assert (first.head.status_code, first.head.fields) == (200, [(b"server", b"x")])


@pytest.mark.parametrize("name", sorted(UNCACHEABLE))
@pytest.mark.parametrize("huffman", [True, False])
def test_headers_that_may_hold_a_secret_are_decoded_each_time(name: bytes, huffman: bool) -> None:
    block = indexed(8) + b"\x10" + text(name) + text(b"secret-value", huffman=huffman)
    decoder = HeadDecoder(Limits())
    assert_different([decoder.head(block) for _ in range(3)])
    with_table = indexed(8) + inserted(name, b"secret-value")
    decoder.head(with_table)
    later = indexed(8) + indexed(62)
    assert_different([decoder.head(later) for _ in range(3)])
    assert b"secret-value" not in decoder._texts.values()  # pyright: ignore[reportPrivateUsage]


def test_headers_that_the_user_named_are_not_kept(sensitive_name: str) -> None:
    name = sensitive_name.encode()
    block = indexed(8) + b"\x10" + text(name) + text(b"secret-value")
    decoder = HeadDecoder(Limits())
    assert_different([decoder.head(block) for _ in range(3)])
    assert b"secret-value" not in decoder._texts.values()  # pyright: ignore[reportPrivateUsage]


def test_what_is_done_to_one_response_does_not_show_in_the_next() -> None:
    decoder = HeadDecoder(GENEROUS)
    block = indexed(8) + inserted(b"server", b"x")
    headers = Headers._from_wire(decoder.head(block).head.fields)
    headers.raw.clear()
    headers["server"] = "mine"
    headers.add("x-own", "1")
    assert decoder.head(block).head.fields == [(b"server", b"x")]


def test_a_remembered_block_still_fills_the_table() -> None:
    decoder = HeadDecoder(GENEROUS)
    block = inserted(b"a", b"1")
    for _ in range(3):
        decoder.skip(block)
    decoder.skip(inserted(b"b", b"2"))
    asked = b"".join(map(indexed, range(62, 66)))
    assert decoder.decode(asked) == [(b"b", b"2"), (b"a", b"1"), (b"a", b"1"), (b"a", b"1")]
    with pytest.raises(HpackError):
        decoder.skip(indexed(66))


def test_the_same_reference_means_another_field_once_the_table_has_changed() -> None:
    decoder = HeadDecoder(GENEROUS)
    decoder.skip(inserted(b"a", b"1"))
    assert decoder.decode(indexed(62)) == decoder.decode(indexed(62)) == [(b"a", b"1")]
    decoder.skip(inserted(b"b", b"2"))
    assert decoder.decode(indexed(62)) == [(b"b", b"2")]
    decoder.skip(resized(SMALL_ENTRY_BYTES))
    assert decoder.decode(indexed(62)) == [(b"b", b"2")]
    decoder.skip(resized(SMALL_ENTRY_BYTES - 1))
    with pytest.raises(HpackError):
        decoder.decode(indexed(62))


def test_a_block_may_refer_to_what_it_inserts_each_time_it_comes() -> None:
    decoder = HeadDecoder(GENEROUS)
    block = inserted(b"a", b"1") + indexed(62) + inserted(b"b", b"2") + indexed(63) + indexed(62)
    for _ in range(3):
        assert [name for name, _ in decoder.decode(block)] == [b"a", b"a", b"b", b"a", b"b"]


def test_a_block_that_moves_what_it_refers_to_is_read_anew() -> None:
    decoder = HeadDecoder(GENEROUS)
    decoder.skip(inserted(b"old", b"1"))
    block = inserted(b"new", b"2") + indexed(63)
    assert decoder.decode(block) == [(b"new", b"2"), (b"old", b"1")]
    assert decoder.decode(block) == [(b"new", b"2"), (b"new", b"2")]


def test_a_change_of_the_table_size_is_carried_out_each_time_it_comes() -> None:
    decoder = HeadDecoder(GENEROUS)
    block = resized(0) + resized(4096) + inserted(b"a", b"1")
    for _ in range(3):
        decoder.skip(block)
        decoder.skip(inserted(b"b", b"2"))
    assert decoder.decode(indexed(63)) == [(b"a", b"1")]
    with pytest.raises(HpackError):
        decoder.skip(indexed(64))


def test_insertions_that_nobody_asks_for_are_forgotten_when_a_table_is_full_of_newer_ones() -> None:
    stock, ours = hpack.Decoder(), HeadDecoder(GENEROUS)
    for number in range(300):
        block = inserted(b"x", b"%d" % (number % 7)) + inserted(b"y", b"v" * (number % 90))
        assert outcome(ours, block) == outcome_of_stock(stock, block)
    assert_same_table(ours, stock)


@pytest.mark.slow
def test_memories_are_bounded_whatever_comes() -> None:
    decoder, values = HeadDecoder(Limits()), [b"%d" % number * 300 for number in range(1000, 3000)]
    coded = [b"\x40\x01x" + text(value, huffman=len(value) % 2 == 0) for value in values]
    traced_memory.start()
    try:
        before, _ = traced_memory.get_traced_memory()
        for block in coded:
            decoder.skip(block)
        after, _ = traced_memory.get_traced_memory()
    finally:
        traced_memory.stop()
    assert after - before < 1 << 20, "2.4 MB were sent"


# --- decoding: the bounds ---

SMALL = Limits(max_head_bytes=1024, max_head_fields=10, max_trailer_bytes=40, max_trailer_fields=2)


def padded(fields: Fields, size: int) -> Fields:
    """The fields, and one more that makes the list that large."""
    return [*fields, (b"x", b"v" * (size - list_size(fields) - 33))]


def test_a_list_may_be_as_large_as_the_limit_but_no_larger() -> None:
    encoder, decoder = hpack.Encoder(), HeadDecoder(SMALL)
    just = padded([OK], 1024)
    assert decoder.decode(encoder.encode(just)) == just
    for _ in range(2):
        block = encoder.encode(padded([OK], 1025))
        with pytest.raises(MalformedFields, match="headers of more than 1024 bytes"):
            decoder.head(block)


def test_a_head_may_have_as_many_fields_as_the_limit_besides_its_status() -> None:
    decoder = HeadDecoder(SMALL)
    assert len(decoder.head(indexed(8) + indexed(54) * 10).head.fields) == 10
    with pytest.raises(MalformedFields, match="more than 10 fields"):
        decoder.head(indexed(8) + indexed(54) * 11)


def test_after_a_list_that_is_too_large_the_table_is_right() -> None:
    encoder, decoder = hpack.Encoder(), HeadDecoder(SMALL)
    large = [OK, (b"big", b"v" * 1000), (b"late", b"1"), (b"later", b"2")]
    with pytest.raises(MalformedFields):
        decoder.head(encoder.encode(large))
    rest = [OK, (b"late", b"1"), (b"later", b"2")]
    block = encoder.encode(rest)
    assert len(block) == 3
    assert decoder.decode(block) == rest


def test_after_a_malformed_head_the_table_is_right() -> None:
    decoder = HeadDecoder(GENEROUS)
    block = inserted(b"Upper", b"1") + inserted(b"lower", b"2")
    for _ in range(2):
        with pytest.raises(MalformedFields, match=":status"):
            decoder.head(block)
    assert decoder.head(indexed(8) + indexed(62)).head.fields == [(b"lower", b"2")]


@pytest.mark.parametrize("limits", [SMALL, Limits()])
def test_a_bomb_is_stopped_early_in_little_memory(limits: Limits) -> None:
    decoder = HeadDecoder(limits)
    decoder.skip(inserted(b"x", b"v" * 900))
    bomb = indexed(62) * 1_000_000
    traced_memory.start()
    try:
        with pytest.raises(HpackError, match="expands"):
            decoder.head(bomb)
        _, peak = traced_memory.get_traced_memory()
    finally:
        traced_memory.stop()
    assert peak < 1 << 20


def test_a_bomb_of_tiny_fields_is_stopped_by_their_number() -> None:
    with pytest.raises(HpackError, match="expands"):
        HeadDecoder(SMALL).skip(indexed(54) * 45)


def test_a_bomb_of_few_large_fields_is_stopped_by_their_size() -> None:
    decoder = HeadDecoder(SMALL)
    decoder.skip(inserted(b"x", b"v" * 900))
    with pytest.raises(MalformedFields):
        decoder.head(indexed(62) * 4)  # 3732 bytes
    with pytest.raises(HpackError, match="expands"):
        decoder.head(indexed(62) * 5)


def test_what_is_skipped_may_be_too_large_and_malformed() -> None:
    decoder = HeadDecoder(SMALL)
    decoder.skip(inserted(b"", b"\r\n") + indexed(54) * 12)
    assert decoder.decode(indexed(62)) == [(b"", b"\r\n")]


def test_trailers_have_limits_of_their_own() -> None:
    decoder = HeadDecoder(SMALL)
    just = [(b"a", b"1" * 15), (b"b", b"2" * 15)]  # 40 bytes as lines of HTTP/1.1
    assert list(decoder.trailers(b"".join(inserted(*field) for field in just))) == just
    assert list(decoder.trailers(b"")) == []
    with pytest.raises(MalformedFields, match="trailers of more than 40 bytes"):
        decoder.trailers(inserted(b"a", b"1" * 36))
    with pytest.raises(MalformedFields, match="more than 2 fields in trailers"):
        decoder.trailers(inserted(b"a", b"") * 3)
    with pytest.raises(MalformedFields, match="pseudo-field"):
        decoder.trailers(indexed(8))


def test_a_block_may_be_a_head_first_and_trailers_later() -> None:
    decoder = HeadDecoder(GENEROUS)
    block = inserted(b"grpc-status", b"0")
    assert decoder.trailers(block) == [(b"grpc-status", b"0")]
    with pytest.raises(MalformedFields, match="without :status"):
        decoder.head(block)
    assert decoder.trailers(block) == [(b"grpc-status", b"0")]


# --- encoding ---

GET: Fields = [
    (b":method", b"GET"),
    (b":scheme", b"https"),
    (b":authority", b"example.com"),
    (b":path", b"/a"),
    (b"user-agent", b"test/1"),
    (b"accept", b"*/*"),
    (b"x-own", b"1"),
]
request_fields = st.sampled_from(
    [
        *GET,
        (b":path", b"/b"),
        (b":authority", b""),
        (b"authorization", b"secret"),
        (b"authorization", b""),
        (b"cookie", b"a=b"),
        (b"content-length", b"5"),
        (b"x-long", b"v" * 900),
        (b"x-longer", b"v" * 5000),
        (b"x-" + b"n" * 200, b"v" * 200),
        (b"", b""),
    ]
) | st.tuples(st.binary(max_size=3), st.binary(max_size=3))


@pytest.mark.slow
@settings(max_examples=300)
@given(
    pool=st.lists(st.lists(request_fields, max_size=7), min_size=1, max_size=4),
    order=st.lists(
        st.tuples(
            st.integers(0, 3),
            st.lists(st.sampled_from([0, 33, 100, 1000, 4095, 4096, 65536]), max_size=3),
        ),
        min_size=1,
        max_size=16,
    ),
)
def test_the_library_reads_what_we_write_through_every_table_size(
    pool: list[Fields], order: list[tuple[int, list[int]]]
) -> None:
    encoder, decoder = HeadEncoder(), hpack.Decoder()
    for place, table_sizes in order:
        for size in table_sizes:
            encoder.set_table_size(size)
            decoder.max_allowed_table_size = size
        fields = pool[place % len(pool)]
        assert outcome_of_stock(decoder, encoder.encode(fields)) == fields
        assert decoder.header_table_size <= 4096


def test_a_request_that_comes_again_is_a_few_bytes() -> None:
    encoder = HeadEncoder()
    blocks = [encoder.encode(GET) for _ in range(5)]
    # Six indexes, and the path as it is: it will be another one next time.
    assert len(blocks[2]) == 6 + len(b"\x04\x02/a")
    assert blocks[3] == blocks[2]
    assert blocks[4] is blocks[3]


def test_paths_and_other_passing_values_never_enter_the_table() -> None:
    encoder, decoder = HeadEncoder(), hpack.Decoder()
    for number in range(300):
        fields = [*GET[:3], (b":path", b"/%d" % (number // 3)), *GET[4:]]
        fields += [(b"content-length", b"%d" % (number // 3)), (b"x-request-id", b"same")]
        assert outcome_of_stock(decoder, encoder.encode(fields)) == fields
    assert len(decoder.header_table.dynamic_entries) == 4


def test_secrets_are_never_indexed_by_anyone() -> None:
    encoder, decoder = HeadEncoder(), hpack.Decoder()
    secrets: Fields = [
        (b"authorization", b"Bearer x"),
        (b"proxy-authorization", b"Basic x"),
        (b"cookie", b"a=" + b"b" * 100),
        (b"x-api-key", b"k"),
    ]
    for _ in range(3):
        read = list(decoder.decode(encoder.encode([*GET, *secrets]), raw=True))
        never = [field for field in read if isinstance(field, hpack.NeverIndexedHeaderTuple)]
        assert never == secrets
    assert set(secrets).isdisjoint(decoder.header_table.dynamic_entries)


def test_headers_that_the_user_named_are_never_indexed(sensitive_name: str) -> None:
    encoder, decoder = HeadEncoder(), hpack.Decoder()
    secret = (sensitive_name.encode(), b"t")
    for _ in range(3):
        read = list(decoder.decode(encoder.encode([*GET, secret]), raw=True))
        assert [f for f in read if isinstance(f, hpack.NeverIndexedHeaderTuple)] == [secret]
    assert secret not in decoder.header_table.dynamic_entries


def test_nothing_is_pushed_out_of_a_full_table() -> None:
    encoder, decoder = HeadEncoder(), hpack.Decoder()
    lasting = [(b"x%d" % number, b"v") for number in range(120)]
    for _ in range(4):
        assert outcome_of_stock(decoder, encoder.encode(lasting)) == lasting
    kept = list(decoder.header_table.dynamic_entries)
    assert len(kept) > 100
    again = [(b"late", b"1")]
    for _ in range(3):
        decoder.decode(encoder.encode(again))
    assert list(decoder.header_table.dynamic_entries) == kept


def test_a_field_that_would_fill_a_quarter_of_the_table_stays_out() -> None:
    encoder, decoder = HeadEncoder(), hpack.Decoder()
    just, over = (b"x", b"v" * 991), (b"y", b"v" * 992)
    for _ in range(3):
        decoder.decode(encoder.encode([just, over]))
    assert list(decoder.header_table.dynamic_entries) == [just]


@pytest.mark.parametrize(
    ("table_sizes", "signal"),
    [
        ([4096], b""),
        ([65536, 4096], b""),
        ([0], b"\x20"),
        ([100], b"\x20\x3f\x45"),
        ([0, 4096], b"\x20\x3f\xe1\x1f"),
        ([0, 100, 65536], b"\x20\x3f\xe1\x1f"),
        ([30, 30], b"\x20\x3e"),
    ],
)
def test_a_change_of_the_table_size_is_signalled_once(
    table_sizes: list[int], signal: bytes
) -> None:
    encoder = HeadEncoder()
    for _ in range(3):
        encoder.encode([GET[0], GET[6]])
    for size in table_sizes:
        encoder.set_table_size(size)
    method = b"\x82"
    assert encoder.encode([GET[0]]) == signal + method
    assert encoder.encode([GET[0]]) == method


@pytest.mark.parametrize("repeats", [40, 100])
@pytest.mark.parametrize("changing", [b":path", b"cookie", b"x"])
def test_what_is_remembered_for_sending_is_bounded(changing: bytes, repeats: int) -> None:
    encoder = HeadEncoder()
    for _ in range(3):
        encoder.encode(GET)
    traced_memory.start()
    try:
        before, _ = traced_memory.get_traced_memory()
        for number in range(1000, 5000):
            encoder.encode([*GET, (changing, b"%d" % number * repeats)])
        after, _ = traced_memory.get_traced_memory()
    finally:
        traced_memory.stop()
    assert after - before < 1 << 19, "0.6 MB or more were sent"
