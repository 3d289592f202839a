"""WWW-Authenticate as servers send it: whole, damaged, in one field and in several."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hyperhttp._base._generated.bounds import CHALLENGES_MAX
from hyperhttp._policy.challenges import Challenge, parse_auth_params, parse_challenges

TOKEN_CHARS = "!#$%&'*+-.^_`|~0123456789ABCXYZabcxyz"
# RFC 9110 5.6.4: what may stand in a quoted string, once the two special ones are escaped.
TEXT_CHARS = "\t " + "".join(map(chr, range(0x21, 0x7F))) + "\x80\xa0\xe9\xff"

tokens = st.text(TOKEN_CHARS, min_size=1, max_size=8)
names = tokens.map(str.lower)
values = st.text(TEXT_CHARS, max_size=12)
token68s = st.from_regex(r"[A-Za-z0-9\-._~+/]{1,8}={0,2}", fullmatch=True)
challenges = st.one_of(
    st.builds(Challenge, names, st.dictionaries(names, values, max_size=4)),
    st.builds(Challenge, names, st.just({}), token68s),
)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def written(challenge: Challenge) -> str:
    if challenge.token68 is not None:
        return f"{challenge.scheme} {challenge.token68}"
    params = ", ".join(f"{name}={quoted(value)}" for name, value in challenge.params.items())
    return f"{challenge.scheme} {params}".rstrip(" ")


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ('Basic realm="simple"', [Challenge("basic", {"realm": "simple"})]),
        ("BASIC Realm=simple", [Challenge("basic", {"realm": "simple"})]),
        ("Basic", [Challenge("basic")]),
        ("Negotiate", [Challenge("negotiate")]),
        ("Negotiate, NTLM", [Challenge("negotiate"), Challenge("ntlm")]),
        ("Negotiate dG9rZW4=", [Challenge("negotiate", {}, "dG9rZW4=")]),
        ("NTLM abc, Basic a=b", [Challenge("ntlm", {}, "abc"), Challenge("basic", {"a": "b"})]),
        # RFC 9110 11.6.1, the example.
        (
            'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
            [
                Challenge("basic", {"realm": "simple"}),
                Challenge("newauth", {"realm": "apps", "type": "1", "title": 'Login to "apps"'}),
            ],
        ),
        # Commas, schemes and equal signs within quotes are text.
        (
            'Basic realm="a, Digest realm=b, nonce=c", charset=UTF-8',
            [Challenge("basic", {"realm": "a, Digest realm=b, nonce=c", "charset": "UTF-8"})],
        ),
        ('Basic realm = "bws"', [Challenge("basic", {"realm": "bws"})]),
        (', ,Basic realm="x" ,, a=b,', [Challenge("basic", {"realm": "x", "a": "b"})]),
        ("Digest nonce=ab/c==,realm=r", [Challenge("digest", {"nonce": "ab/c==", "realm": "r"})]),
        ('Basic realm=""', [Challenge("basic", {"realm": ""})]),
        ('Basic realm="\\\\"', [Challenge("basic", {"realm": "\\"})]),
        ("Basic realm=\"M\xfcnchen\"", [Challenge("basic", {"realm": "M\xfcnchen"})]),
    ],
)  # fmt: skip
def test_what_servers_send_is_understood(field: str, found: list[Challenge]) -> None:
    assert parse_challenges([field]) == found


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("", []),
        (",,, ,", []),
        ("=", []),
        ('"', []),
        ('realm="without a scheme"', []),
        ('Basic realm="open', []),
        ('Basic realm="open, Digest realm="x"', []),
        ('Basic realm="ends in an escape\\', []),
        # RFC 9110 11.2: a name comes once.
        ("Digest realm=a, REALM=b, nonce=c", []),
        ("Digest realm=a, realm=b, Basic realm=c", [Challenge("basic", {"realm": "c"})]),
        # What is whole stays; what follows damage without quotes is read.
        ('Basic realm="a", Digest nonce="x', [Challenge("basic", {"realm": "a"})]),
        ("Bearer (, Basic realm=a", [Challenge("basic", {"realm": "a"})]),
        ("Digest realm=a;nonce (b), Basic realm=c", [Challenge("basic", {"realm": "c"})]),
        ('Digest realm="a" nonce="b"', []),
        ("Basic one two three", []),
        ("Negotiate abc, realm=x", []),
        ("Negotiate abc, realm=x, NTLM", [Challenge("ntlm")]),
    ],
)
def test_what_is_damaged_is_left_out(field: str, found: list[Challenge]) -> None:
    assert parse_challenges([field]) == found


@given(st.lists(challenges, max_size=5), st.data())
def test_what_was_written_is_read_from_one_field_and_from_several(
    given_challenges: list[Challenge], data: st.DataObject
) -> None:
    texts = [written(challenge) for challenge in given_challenges]
    assert parse_challenges(texts) == given_challenges
    separator = data.draw(st.sampled_from([",", ", ", " , ", ",,", "\t,"]))
    assert parse_challenges([separator.join(texts)]) == given_challenges


@given(st.text(TEXT_CHARS, max_size=60) | st.text('Digest realm="\\,\t \x80a1', max_size=60))
@example('Digest realm="' + "\\" * 63)
@example("Digest " + "a=b " * 20)
def test_garbage_never_fails_and_gives_only_what_it_promises(text: str) -> None:
    for challenge in parse_challenges([text, text]):
        assert challenge.scheme
        assert challenge.scheme == challenge.scheme.lower()
        assert challenge.token68 is None or not challenge.params
        assert all(name == name.lower() for name in challenge.params)
    parse_auth_params(text)


@given(challenges, st.integers(0, 80))
def test_a_field_that_was_cut_gives_no_parameter_that_was_not_there(
    challenge: Challenge, length: int
) -> None:
    whole = Challenge("basic", {"realm": "first"})
    text = f"{written(whole)}, {written(challenge)}"
    found = parse_challenges([text[:length]])
    if length > len(written(whole)) + 1:
        assert found[0] == whole
    known = {*whole.params.items(), *challenge.params.items()}
    assert known.issuperset(pair for one in found for pair in one.params.items())


@pytest.mark.parametrize("field", ["a," * 30_000, "a=" * 30_000, '"' * 60_000, "a b" * 20_000])
def test_an_endless_field_is_read_up_to_a_limit(field: str) -> None:
    assert len(parse_challenges([field, field])) <= CHALLENGES_MAX


def test_fields_beyond_the_limit_are_not_read() -> None:
    found = parse_challenges([f"s{number}" for number in range(CHALLENGES_MAX + 5)])
    assert [challenge.scheme for challenge in found] == [f"s{n}" for n in range(CHALLENGES_MAX)]


@pytest.mark.parametrize(
    ("field", "params"),
    [
        ('nextnonce="abc", qop=auth', {"nextnonce": "abc", "qop": "auth"}),
        (' , NextNonce = "a\\"b" ,', {"nextnonce": 'a"b'}),
        ("", {}),
        ('nextnonce="abc', {}),
        ("nextnonce=a, nextnonce=b", {}),
        ('nextnonce=a, NextNonce="a"', {"nextnonce": "a"}),
        ("nextnonce", {}),
        ("Digest nextnonce=a", {}),
    ],
)
def test_the_parameters_of_authentication_info(field: str, params: dict[str, str]) -> None:
    assert parse_auth_params(field) == params
