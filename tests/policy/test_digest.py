"""Digest: the vectors of RFC 7616, an independent server, and what a 401 may mean."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal
from urllib.request import AbstractDigestAuthHandler, HTTPPasswordMgrWithDefaultRealm
from urllib.request import Request as UrllibRequest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyperhttp import Client, Limits
from hyperhttp._base._generated.bounds import DIGEST_SESSIONS_MAX
from hyperhttp._base._generated.errors import (
    AuthenticationError,
    BodyNotReplayable,
    ConfigError,
)
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._policy import digest
from hyperhttp._policy.challenges import parse_challenges
from hyperhttp._policy.digest import DigestAuth, DigestChallenge, DigestSession, strongest
from hyperhttp.testing import MockRequest, MockResponse, MockTransport
from tests.message.sources import Pieces
from tests.policy.conversation import async_converse, converse, reply
from tests.policy.digest_server import DigestServer

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from typing import TypeAlias

    AuthFlow: TypeAlias = Generator[Request, Response, None]

URL = "https://example.com/a/b?q=1"
SECRET_OF_ANN = partial(DigestAuth, "ann", "secret")
ALGORITHMS = (None, "MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess")


def challenge_of(text: str) -> DigestChallenge:
    found = strongest([text])
    assert found is not None
    return found


def params_of(credentials: str) -> dict[str, str]:
    (challenge,) = parse_challenges([credentials])
    return dict(challenge.params)


def server_of(auth: DigestAuth, url: str = URL) -> tuple[DigestServer, int]:
    server = DigestServer("ann", "secret")
    return server, converse(auth, Request("GET", url), server)[1]


# --- the vectors ---


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        # RFC 7616 3.9.1.
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_vectors_with_two_algorithms(algorithm: str, response: str) -> None:
    challenge = challenge_of(
        'Digest realm="http-auth@example.org", qop="auth, auth-int", '
        f"algorithm={algorithm}, "
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", '
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    session = DigestSession(
        challenge,
        "Mufasa",
        "Circle of Life",
        cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    )
    assert params_of(session.authorization("GET", "/dir/index.html")) == {
        "username": "Mufasa",
        "realm": "http-auth@example.org",
        "uri": "/dir/index.html",
        "algorithm": algorithm,
        "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
        "nc": "00000001",
        "cnonce": "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        "qop": "auth",
        "response": response,
        "opaque": "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
    }


def test_the_vector_with_a_hashed_user() -> None:
    # RFC 7616 3.9.2 with erratum 4897: the RFC printed a SHA-512 that was merely cut.
    challenge = challenge_of(
        'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, '
        'nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", '
        'opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true'
    )
    session = DigestSession(
        challenge,
        "J\u00e4s\u00f8n Doe",
        "Secret, or not?",
        cnonce="NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
    )
    params = params_of(session.authorization("GET", "/doe.json"))
    assert params["username"] == "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"
    assert params["response"] == "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"
    assert (params["userhash"], params["nc"], params["qop"]) == ("true", "00000001", "auth")


def test_the_vector_of_the_first_digest() -> None:
    # RFC 2617 3.5, which has the values of RFC 2069 with a qop; and without one.
    text = 'realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'
    with_qop = DigestSession(
        challenge_of(f'Digest {text}, qop="auth,auth-int"'),
        "Mufasa",
        "Circle Of Life",
        cnonce="0a4f113b",
    )
    params = params_of(with_qop.authorization("GET", "/dir/index.html"))
    assert params["response"] == "6629fae49393a05397450978507c4ef1"
    # RFC 2069 2.4 with erratum 749.
    old = DigestSession(
        challenge_of(
            'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'
        ),
        "Mufasa",
        "CircleOfLife",
        cnonce="unused",
    )
    params = params_of(old.authorization("GET", "/dir/index.html"))
    assert params["response"] == "1949323746fe6a43ef61f9606e7febea"
    assert not {"qop", "nc", "cnonce", "algorithm", "opaque"} & params.keys()


@pytest.mark.parametrize("algorithm", ["MD5-sess", "SHA-256-sess"])
def test_a_session_without_qop_tells_the_nonce_that_is_in_its_secret(algorithm: str) -> None:
    challenge = challenge_of(f"Digest realm=r, nonce=n, algorithm={algorithm}")
    params = params_of(DigestSession(challenge, "ann", "x", cnonce="c").authorization("GET", "/"))
    assert params["cnonce"] == "c"
    assert not {"qop", "nc"} & params.keys()


# --- against a server ---

words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)
latin = st.text("".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])), max_size=12)
# urllib's list parser, which the server uses, takes white space off.
stripped = latin.map(str.strip)


@settings(deadline=None)
@given(
    user=words.map(str.strip),
    password=words,
    realm=stripped,
    opaque=st.none() | stripped,
    algorithm=st.sampled_from(ALGORITHMS),
    qop=st.sampled_from([None, "auth", "auth-int, auth", "AUTH"]),
    userhash=st.booleans(),
    charset=st.sampled_from([None, "UTF-8", "utf-8"]),
    method=st.sampled_from(["GET", "HEAD", "POST", "PROPFIND"]),
)
def test_a_server_that_follows_the_rfc_takes_every_response(
    user: str,
    password: str,
    realm: str,
    opaque: str | None,
    algorithm: str | None,
    qop: str | None,
    userhash: bool,
    charset: str | None,
    method: str,
) -> None:
    server = DigestServer(user, password, realm, algorithm, qop, userhash, charset, opaque)
    auth = DigestAuth(user, password)
    assert converse(auth, Request(method, URL), server)[1] == 2
    for _ in range(3):
        response, count = converse(auth, Request(method, URL), server)
        assert (response.status_code, count) == (200, 1)
    wrong = DigestAuth(user, f"{password}x")
    response, count = converse(wrong, Request(method, URL), server)
    assert (response.status_code, count) == (401, 2)


@pytest.mark.parametrize("qop", [None, "auth"])
@pytest.mark.parametrize("algorithm", ["MD5", None])
def test_the_standard_library_gives_the_same_response(
    qop: str | None, algorithm: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_params = {"realm": "a realm", "nonce": "abc", "opaque": "xyz", "qop": qop}
    if algorithm is not None:
        given_params["algorithm"] = algorithm
    passwords = HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, "https://example.com/", "ann", "se:cret")
    handler = AbstractDigestAuthHandler(passwords)
    monkeypatch.setattr(handler, "get_cnonce", lambda nonce: "c0ffee")
    request = UrllibRequest(URL)
    text = ", ".join(f'{name}="{value}"' for name, value in given_params.items() if value)
    theirs = handler.get_authorization(request, {k: v for k, v in given_params.items() if v})
    assert theirs is not None
    session = DigestSession(challenge_of(f"Digest {text}"), "ann", "se:cret", cnonce="c0ffee")
    ours = params_of(session.authorization("GET", "/a/b?q=1"))
    # It says "MD5" also where the server did not.
    assert params_of(f"Digest {theirs}") == {"algorithm": "MD5", **ours}


# --- which challenge ---


@pytest.mark.parametrize(
    "order", [("SHA-512-256", "SHA-256", "MD5"), ("MD5", "SHA-256", "SHA-512-256")]
)
@pytest.mark.parametrize("fields", ["one", "several"])
def test_the_strongest_challenge_is_responded(order: tuple[str, ...], fields: str) -> None:
    texts = [f'Digest realm="r", nonce="n", qop="auth", algorithm={name}' for name in order]
    texts.insert(1, 'Basic realm="r"')
    found = strongest(texts if fields == "several" else [", ".join(texts)])
    assert found is not None
    assert found.algorithm == "SHA-512-256"


def test_of_two_that_are_as_strong_the_first_is_responded() -> None:
    found = strongest([
        "Digest realm=a, nonce=n, algorithm=MD5-sess, Digest realm=b, nonce=n, algorithm=MD5"
    ])  # fmt: skip
    assert found is not None
    assert found.realm == "a"


@pytest.mark.parametrize(
    "challenge",
    [
        'Basic realm="x"',
        'Digest realm="x"',
        'Digest nonce="x"',
        'Digest realm="x", nonce=""',
        'Digest realm="x", nonce="y", algorithm=SHA-1',
        'Digest realm="x", nonce="y", algorithm=""',
        'Digest realm="x", nonce="y", algorithm=-sess',
        'Digest realm="x", nonce="y", algorithm=MD5-sess-sess',
        'Digest realm="x", nonce="y", qop="authentic"',
        'Digest realm="x", nonce="y", nonce="z"',
        f'Digest realm="x", nonce="{"y" * 8200}"',
        "Digest",
        "Digest abc==",
        '"',
        "",
    ],
)
def test_a_challenge_that_cannot_be_responded_leaves_the_401(challenge: str) -> None:
    auth = DigestAuth("ann", "secret")
    response, count = converse(
        auth, Request("GET", URL), lambda sent: reply(sent, 401, ("WWW-Authenticate", challenge))
    )
    assert (response.status_code, count) == (401, 1)


def test_a_401_without_a_challenge_is_the_response() -> None:
    response, count = converse(
        DigestAuth("ann", "secret"), Request("GET", URL), lambda sent: reply(sent, 401)
    )
    assert (response.status_code, count) == (401, 1)


@given(st.text('Digest realm=nonce"\\,\t \x80a1-qop', max_size=80))
def test_garbage_ends_in_the_401(text: str) -> None:
    challenge = f"Digest realm=a, nonce=b, {text}".strip()
    response, count = converse(
        DigestAuth("ann", "secret"),
        Request("GET", URL),
        lambda sent: reply(sent, 401, ("WWW-Authenticate", challenge)),
    )
    assert response.status_code == 401
    assert count <= 3


@pytest.mark.parametrize("status", [200, 204, 302, 403, 407, 500])
def test_a_response_that_is_no_401_is_the_response(status: int) -> None:
    response, count = converse(
        DigestAuth("ann", "secret"), Request("GET", URL), lambda sent: reply(sent, status)
    )
    assert (response.status_code, count) == (status, 1)


# --- how long a nonce is used ---


def test_counts_go_up_across_requests() -> None:
    auth = DigestAuth("ann", "secret")
    server, count = server_of(auth)
    assert count == 2
    for _ in range(4):
        assert converse(auth, Request("GET", URL), server)[1] == 1
    assert [params["nc"] for params in server.sent] == [f"{n:08x}" for n in range(1, 6)]
    assert len({params["nonce"] for params in server.sent}) == 1


def test_tasks_that_are_given_one_nonce_count_together() -> None:
    server = DigestServer("ann", "secret", shared_nonce=True)
    auth = DigestAuth("ann", "secret")
    flows = [auth.auth_flow(Request("GET", URL)) for _ in range(20)]
    challenged = [server(next(flow)) for flow in flows]
    replied = [flow.send(refusal) for flow, refusal in zip(flows, challenged, strict=True)]
    # They arrive in any order; the server takes each count once.
    for flow, sent in reversed(list(zip(flows, replied, strict=True))):
        response = server(sent)
        assert response.status_code == 200
        with pytest.raises(StopIteration):
            flow.send(response)
    assert {int(params["nc"], 16) for params in server.sent} == set(range(1, 21))


def test_tasks_that_are_given_nonces_of_their_own_use_them() -> None:
    server = DigestServer("ann", "secret")
    auth = DigestAuth("ann", "secret")
    flows = [auth.auth_flow(Request("GET", URL)) for _ in range(5)]
    challenged = [server(next(flow)) for flow in flows]
    replied = [flow.send(refusal) for flow, refusal in zip(flows, challenged, strict=True)]
    assert [server(sent).status_code for sent in replied] == [200] * 5
    assert converse(auth, Request("GET", URL), server)[1] == 1


@pytest.mark.parametrize("uses", [1, 3])
def test_a_stale_nonce_costs_one_more_round(uses: int) -> None:
    server = DigestServer("ann", "secret", uses_max=uses)
    auth = DigestAuth("ann", "secret")
    counts = [converse(auth, Request("GET", URL), server)[1] for _ in range(2 * uses + 1)]
    assert counts == [2, *[1] * (uses - 1), 2, *[1] * (uses - 1), 2]


def test_a_nonce_that_is_stale_at_once_is_responded_twice_and_no_more() -> None:
    server = DigestServer("ann", "secret", uses_max=0)
    response, count = converse(DigestAuth("ann", "secret"), Request("GET", URL), server)
    assert (response.status_code, count) == (401, 3)


def test_a_server_that_forgot_its_nonce_need_not_say_stale() -> None:
    auth = DigestAuth("ann", "secret")
    server_of(auth)
    other = DigestServer("ann", "secret", opaque="of another process")

    def forgetful(sent: Request) -> Response:
        known = "other" if other.counts else None
        return other(sent) if known else other.challenge(sent)

    response, count = converse(auth, Request("GET", URL), forgetful)
    assert (response.status_code, count) == (200, 2)


def test_the_same_challenge_again_means_that_the_response_is_refused() -> None:
    auth = DigestAuth("ann", "secret")
    challenge = ("WWW-Authenticate", 'Digest realm="r", nonce="always the same", qop="auth"')
    sent_counts: list[str | None] = []

    def refusing(sent: Request) -> Response:
        sent_counts.append(sent.headers.get("authorization"))
        return reply(sent, 401, challenge)

    assert converse(auth, Request("GET", URL), refusing)[1] == 2
    # What was refused does not go out before it is asked for, and its counts are not used again.
    assert converse(auth, Request("GET", URL), refusing)[1] == 2
    counts = [None if one is None else params_of(one)["nc"] for one in sent_counts]
    assert counts == [None, "00000001", None, "00000002"]


def test_a_remembered_nonce_that_is_refused_with_the_same_challenge_is_the_response() -> None:
    auth = DigestAuth("ann", "secret")
    challenge = ("WWW-Authenticate", 'Digest realm="r", nonce="n", qop="auth"')
    statuses = iter([401, 200, 401])
    assert (
        converse(auth, Request("GET", URL), lambda s: reply(s, next(statuses), challenge))[1] == 2
    )
    response, count = converse(
        auth, Request("GET", URL), lambda s: reply(s, next(statuses), challenge)
    )
    assert (response.status_code, count) == (401, 1)


def test_what_was_refused_and_is_taken_later_goes_out_at_once_again() -> None:
    auth = DigestAuth("ann", "secret")
    challenge = ("WWW-Authenticate", 'Digest realm="r", nonce="always the same", qop="auth"')
    statuses = iter([401, 401, 401, 200, 200])
    outcomes = [
        converse(auth, Request("GET", URL), lambda sent: reply(sent, next(statuses), challenge))
        for _ in range(3)
    ]
    assert [(response.status_code, count) for response, count in outcomes] == [
        (401, 2),
        (200, 2),
        (200, 1),
    ]


def test_a_response_that_was_refused_is_not_given_again_whatever_the_realm_is_called() -> None:
    auth = DigestAuth("ann", "secret")
    names = iter("abcdefgh")

    def refusing(sent: Request) -> Response:
        name = next(names)
        return reply(sent, 401, ("WWW-Authenticate", f"Digest realm={name}, nonce={name}"))

    assert converse(auth, Request("GET", URL), refusing)[1] == 2
    assert "authorization" not in next(auth.auth_flow(Request("GET", URL))).headers


def test_a_wrong_password_is_tried_once() -> None:
    server = DigestServer("ann", "secret")
    auth = DigestAuth("ann", "wrong")
    for _ in range(2):
        response, count = converse(auth, Request("GET", URL), server)
        assert (response.status_code, count) == (401, 2)


# --- the next nonce ---


def test_the_next_nonce_is_used_from_its_first_count_on() -> None:
    auth = DigestAuth("ann", "secret")
    server, _ = server_of(auth)
    server.counts["the next"] = set()
    server.info = [("Authentication-Info", 'qop=auth, nextnonce="the next"')]
    for _ in range(3):
        assert converse(auth, Request("GET", URL), server)[1] == 1
    used = [(params["nonce"], params["nc"]) for params in server.sent]
    assert used[1:] == [
        ("nonce-0", "00000002"),
        ("the next", "00000001"),
        ("the next", "00000002"),
    ]
    assert server.sent[1]["cnonce"] != server.sent[2]["cnonce"]


def test_the_secret_of_a_session_stays_with_the_next_nonce() -> None:
    # RFC 7616 3.4.2: made once, from the nonce of the challenge and the first cnonce.
    challenge = challenge_of("Digest realm=r, nonce=first, qop=auth, algorithm=SHA-256-sess")
    session = DigestSession(challenge, "ann", "secret", cnonce="c")
    secret = challenge.hash(challenge.hash("ann:r:secret") + ":first:c")
    session.renew("second", "d")
    params = params_of(session.authorization("GET", "/"))
    assert (params["nonce"], params["nc"], params["cnonce"]) == ("second", "00000001", "c")
    asked = challenge.hash("GET:/")
    assert params["response"] == challenge.hash(f"{secret}:second:00000001:c:auth:{asked}")


def test_a_next_nonce_that_was_overtaken_is_not_taken() -> None:
    auth = DigestAuth("ann", "secret")
    server_of(auth)
    early, late = auth.auth_flow(Request("GET", URL)), auth.auth_flow(Request("GET", URL))
    first, second = next(early), next(late)
    for flow, sent, nonce in ((late, second, "new"), (early, first, "old")):
        with pytest.raises(StopIteration):
            flow.send(reply(sent, 200, ("Authentication-Info", f'nextnonce="{nonce}"')))
    following = next(auth.auth_flow(Request("GET", URL)))
    assert params_of(following.headers["authorization"])["nonce"] == "new"


@pytest.mark.parametrize(
    "info",
    ['nextnonce=""', "nextnonce", 'nextnonce="x', f"nextnonce={'x' * 9000}", "", "other=a"],
    ids=["empty", "without a value", "open", "too long", "nothing", "something else"],
)
def test_a_next_nonce_that_is_none_changes_nothing(info: str) -> None:
    auth = DigestAuth("ann", "secret")
    server, _ = server_of(auth)
    server.info = [("Authentication-Info", info)]
    for _ in range(2):
        assert converse(auth, Request("GET", URL), server)[1] == 1
    assert {params["nonce"] for params in server.sent} == {"nonce-0"}


# --- where it goes ---


@pytest.mark.parametrize(
    ("domain", "path", "goes_along"),
    [
        (None, "/other", True),
        ("", "/other", True),
        ("/a", "/a/c", True),
        ("/a", "/other", False),
        ("/a /other", "/other", True),
        ("https://example.com/other", "/other/x", True),
        ("https://example.com:444/other", "/x", True),  # nothing of ours in it: it is ignored
        ("https://example.com/a http://example.com/other", "/other", False),
        ("/\u00c3\u00a4", "/\u00e4", True),
        ("http://[", "/other", True),
    ],
)
def test_what_is_known_goes_along_in_the_protection_space(
    domain: str | None, path: str, goes_along: bool
) -> None:
    server = DigestServer("ann", "secret", domain=domain)
    auth = DigestAuth("ann", "secret")
    converse(auth, Request("GET", URL), server)
    following = next(auth.auth_flow(Request("GET", f"https://example.com{path}")))
    assert ("authorization" in following.headers) == goes_along


@pytest.mark.parametrize(
    "url", ["http://example.com/", "https://example.com:444/", "https://api.example.com/"]
)
def test_what_is_known_does_not_go_to_another_origin(url: str) -> None:
    auth = DigestAuth("ann", "secret")
    server_of(auth)
    assert "authorization" not in next(auth.auth_flow(Request("GET", url))).headers
    assert "authorization" in next(auth.auth_flow(Request("GET", URL))).headers


def test_the_nearest_realm_is_responded_first() -> None:
    auth = DigestAuth("ann", "secret")
    for realm, domain in (("near", "/a/b"), ("far", "/a"), ("all", None)):
        converse(auth, Request("GET", URL), DigestServer("ann", "secret", realm, domain=domain))
    for path, realm in (("/a/b", "near"), ("/a/c", "far"), ("/", "all")):
        sent = next(auth.auth_flow(Request("GET", f"https://example.com{path}")))
        assert params_of(sent.headers["authorization"])["realm"] == realm


def test_of_two_realms_that_reach_as_far_the_later_one_is_responded() -> None:
    auth = DigestAuth("ann", "secret")
    for realm in ("first", "second"):
        converse(auth, Request("GET", URL), DigestServer("ann", "secret", realm))
    sent = next(auth.auth_flow(Request("GET", URL)))
    assert params_of(sent.headers["authorization"])["realm"] == "second"


def test_the_realm_whose_challenge_is_oldest_is_forgotten_first() -> None:
    auth = DigestAuth("ann", "secret")
    urls = [f"https://example.com:{1000 + number}/" for number in range(DIGEST_SESSIONS_MAX + 1)]
    for url in (*urls[:-1], urls[0], urls[-1]):
        converse(auth, Request("GET", url), DigestServer("ann", "secret"))
    sent = [next(auth.auth_flow(Request("GET", url))) for url in urls[:3]]
    assert ["authorization" in request.headers for request in sent] == [True, False, True]


def test_realms_are_remembered_up_to_a_limit() -> None:
    auth = DigestAuth("ann", "secret")
    for number in range(DIGEST_SESSIONS_MAX + 1):
        url = f"https://example.com:{1000 + number}/"
        converse(auth, Request("GET", url), DigestServer("ann", "secret"))
    known = [
        "authorization" in next(auth.auth_flow(Request("GET", f"https://example.com:{port}/"))).headers
        for port in (1000, 1001, 1000 + DIGEST_SESSIONS_MAX)
    ]  # fmt: skip
    assert known == [False, True, True]


# --- bodies ---


def pieces() -> Iterator[bytes]:
    yield b"once"


def test_a_body_that_can_be_sent_once_does_not_survive_a_challenge() -> None:
    server = DigestServer("ann", "secret")
    auth = DigestAuth("ann", "secret")
    with pytest.raises(BodyNotReplayable, match="401") as caught:
        converse(auth, Request("POST", URL, content=pieces()), server)
    assert "secret" not in f"{caught.value} {caught.value!r}"
    # The nonce is known now: the same with a new body goes right out.
    response, count = converse(auth, Request("POST", URL, content=pieces()), server)
    assert (response.status_code, count) == (200, 1)


def test_a_refusal_of_a_body_that_can_be_sent_once_is_the_response() -> None:
    auth = DigestAuth("ann", "secret")
    server_of(auth)
    challenge = ("WWW-Authenticate", 'Basic realm="x"')
    response, count = converse(
        auth, Request("POST", URL, content=pieces()), lambda sent: reply(sent, 401, challenge)
    )
    assert (response.status_code, count) == (401, 1)


# --- around it ---


async def test_it_is_the_same_conversation_for_a_client() -> None:
    server = DigestServer("ann", "secret", algorithm="SHA-512-256")
    auth = DigestAuth("ann", "secret")
    assert (await async_converse(auth, Request("GET", URL), server))[1] == 2
    assert (await async_converse(auth, Request("GET", URL), server))[1] == 1


def test_credentials_in_the_request_and_its_url_give_way() -> None:
    request = Request(
        "GET", "https://bob:other@example.com/", headers={"Authorization": "Bearer mine"}
    )
    sent = next(DigestAuth("ann", "secret").auth_flow(request))
    assert "authorization" not in sent.headers
    assert request.headers["authorization"] == "Bearer mine"
    assert (
        "authorization"
        not in next(
            DigestAuth("a", "b").auth_flow(Request("GET", "https://bob:other@example.com/"))
        ).headers
    )


def test_a_count_that_has_no_more_digits_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "_COUNT_MAX", 2)
    auth = DigestAuth("ann", "secret")
    server, _ = server_of(auth)
    counts = [converse(auth, Request("GET", URL), server)[1] for _ in range(3)]
    assert counts == [1, 2, 1]


def test_the_extended_name_is_for_servers_that_know_it() -> None:
    for charset, name in ((", charset=UTF-8", "username*"), ("", "username")):
        challenge = challenge_of(f"Digest realm=r, nonce=n, qop=auth{charset}")
        session = DigestSession(challenge, "J\u00e4s\u00f8n", "x", cnonce="c")
        text = session.authorization("GET", "/")
        assert params_of(text)[name] == (
            "UTF-8''J%C3%A4s%C3%B8n" if charset else "J\u00e4s\u00f8n".encode().decode("latin-1")
        )


def test_names_are_normalised_for_servers_that_do_so() -> None:
    def first_params(user: str, charset: str) -> dict[str, str]:
        challenge = challenge_of(f"Digest realm=r, nonce=n{charset}")
        return params_of(DigestSession(challenge, user, user, cnonce="c").authorization("GET", "/"))

    composed, decomposed = "\u00e4", "a\u0308"
    assert first_params(composed, ", charset=utf-8") == first_params(decomposed, ", charset=utf-8")
    assert first_params(composed, "") != first_params(decomposed, "")


@pytest.mark.parametrize(
    ("username", "password"),
    [("hunter2\n", "x"), ("x", "hunter2\x00"), ("hunter2\ud800", "x"), (b"hunter2", "x"), ("x", 2)],
)
def test_what_cannot_be_sent_is_refused_without_being_shown(username: str, password: str) -> None:
    with pytest.raises(ConfigError) as caught:
        DigestAuth(username, password)
    assert "hunter2" not in f"{caught.value} {caught.value!r}"


def test_its_repr_shows_no_secret() -> None:
    assert repr(DigestAuth("hunter1", "hunter2")) == "DigestAuth([secure])"


# --- what servers write otherwise ---


@pytest.mark.parametrize(
    "text",
    [
        'Digest realm="r", nonce="n", qop=" auth"',
        'Digest realm="r", nonce="n", qop="\t auth-int ,\tauth "',
        'Digest realm="r", nonce="n", qop=",,auth"',
        'Digest realm="r", nonce="n", qop="auth", algorithm=" MD5 "',
        'Digest   realm="r" , nonce="n",, qop="auth"',
        ', Digest , realm="r", nonce="n", qop="auth"',
        'Digest realm="r", nonce="n", qop="auth", qop=auth, NONCE="n", Realm=r',
    ],
)
def test_blanks_and_equal_repetitions_change_nothing(text: str) -> None:
    found = challenge_of(text)
    assert (found.realm, found.nonce, found.qop) == ("r", "n", "auth")
    assert found.algorithm in {None, "MD5"}


def test_a_word_may_have_blanks_around_it() -> None:
    found = challenge_of(
        'Digest realm=r, nonce=n, userhash=" true", charset="UTF-8 ", stale=" TRUE "'
    )
    assert (found.wants_userhash, found.is_utf_8, found.is_stale) == (True, True, True)


@pytest.mark.parametrize("name", ["realm", "nonce", "qop", "algorithm", "opaque", "other"])
def test_a_repetition_that_differs_is_refused(name: str) -> None:
    text = 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5, opaque="o", other=a'
    assert strongest([text]) is not None
    assert strongest([f'{text}, {name}="different"']) is None


# --- auth-int ---


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256-sess"])
@pytest.mark.parametrize("content", [None, b"", b"a body", "text"])
def test_auth_int_covers_the_body(algorithm: str, content: bytes | str | None) -> None:
    server = DigestServer("ann", "secret", qop="auth-int", algorithm=algorithm)
    request = Request("PUT", URL, content=content)
    auth = DigestAuth("ann", "secret")
    assert converse(auth, request, server)[0].status_code == 200
    assert converse(auth, request, server)[1] == 1
    assert {params["qop"] for params in server.sent} == {"auth-int"}


def test_auth_is_preferred_to_auth_int() -> None:
    assert challenge_of('Digest realm="r", nonce="n", qop="auth-int, auth"').qop == "auth"


def test_auth_int_with_a_body_that_is_not_stored_leaves_the_401() -> None:
    server = DigestServer("ann", "secret", qop="auth-int")
    auth = DigestAuth("ann", "secret")
    stream = Request("PUT", URL, content=[b"a", b"b"])
    response, count = converse(auth, stream, server)
    assert (response.status_code, count) == (401, 1)
    assert converse(auth, Request("GET", URL), server)[0].status_code == 200
    # What is known from another request cannot be used for it either.
    response, count = converse(auth, stream, server)
    assert (response.status_code, count) == (401, 1)
    assert len(server.sent) == 1


# --- the server's proof ---


def proof(server: DigestServer, request: Request) -> str:
    """RFC 7616 3.5: as the response of the client, but without the method."""
    params = params_of(request.headers["authorization"])
    a1 = server.hash(server.user, server.realm, server.password)
    if (server.algorithm or "").lower().endswith("-sess"):
        a1 = server.hash(a1, params["nonce"], params["cnonce"])
    middle = (params["nonce"], params["nc"], params["cnonce"], params["qop"])
    return server.hash(a1, *middle, server.hash("", params["uri"]))


@pytest.mark.parametrize("algorithm", [None, "MD5-sess", "SHA-256", "SHA-512-256"])
@pytest.mark.parametrize("upper", [False, True])
async def test_the_proof_of_the_server_is_checked(algorithm: str | None, upper: bool) -> None:
    server = DigestServer("ann", "secret", algorithm=algorithm)

    def proving(request: Request) -> Response:
        if "authorization" in request.headers:
            found = proof(server, request)
            value = found.upper() if upper else found
            server.info = [("Authentication-Info", f'rspauth="{value}", nextnonce="more"')]
            server.counts.setdefault("more", set())
        return server(request)

    auth = DigestAuth("ann", "secret")
    for _ in range(3):
        assert converse(auth, Request("GET", URL), proving)[0].status_code == 200
        assert (await async_converse(auth, Request("PUT", URL), proving))[0].status_code == 200


@pytest.mark.parametrize("rspauth", ["0" * 32, "", "a", "\xe9", "0" * 9000])
async def test_a_wrong_proof_is_an_error(rspauth: str) -> None:
    server = DigestServer("ann", "secret")
    server.info = [("Authentication-Info", f'nextnonce="evil", rspauth="{rspauth}"')]
    auth = DigestAuth("ann", "secret")
    for _ in range(2):
        with pytest.raises(AuthenticationError, match="rspauth") as caught:
            converse(auth, Request("GET", URL), server)
        assert "secret" not in f"{caught.value} {caught.value!r}"
    with pytest.raises(AuthenticationError):
        await async_converse(auth, Request("GET", URL), server)
    server.info = []
    # The nonce of an impostor is never used.
    assert converse(auth, Request("GET", URL), server)[0].status_code == 200
    assert "evil" not in {params["nonce"] for params in server.sent}


def test_proofs_of_responses_that_overtake_each_other_are_each_checked() -> None:
    server, auth = DigestServer("ann", "secret", shared_nonce=True), DigestAuth("ann", "secret")
    flows = [auth.auth_flow(Request("GET", f"{URL}&n={n}")) for n in range(4)]
    challenged = [server(next(flow)) for flow in flows]
    sent = [flow.send(refusal) for flow, refusal in zip(flows, challenged, strict=True)]
    proofs = [("Authentication-Info", f'rspauth="{proof(server, one)}"') for one in sent]
    for flow, one, info in reversed(list(zip(flows, sent, proofs, strict=True))):
        with pytest.raises(StopIteration):
            flow.send(reply(one, 200, info))


@pytest.mark.parametrize("algorithm", [None, "MD5-sess", "SHA-256"])
def test_the_proof_of_a_server_without_qop_is_checked(algorithm: str | None) -> None:
    """RFC 7616 3.5, and what Apache sends: neither count nor cnonce."""
    server, auth = DigestServer("ann", "secret", qop=None, algorithm=algorithm), SECRET_OF_ANN()
    flow = auth.auth_flow(Request("GET", URL))
    sent = flow.send(server(next(flow)))
    params = params_of(sent.headers["authorization"])
    a1 = server.hash("ann", "realm", "secret")
    if algorithm == "MD5-sess":
        a1 = server.hash(a1, params["nonce"], params["cnonce"])
    right = server.hash(a1, params["nonce"], server.hash("", params["uri"]))
    with pytest.raises(StopIteration):
        flow.send(reply(sent, 200, ("Authentication-Info", f'rspauth="{right}"')))
    wrong = [server.hash(a1, params["nonce"], server.hash("GET", params["uri"])), "", "a", "0" * 32]
    for value in wrong:
        flow = auth.auth_flow(Request("GET", URL))
        sent = next(flow)
        if "authorization" not in sent.headers:
            sent = flow.send(server(sent))
        with pytest.raises(AuthenticationError, match="rspauth"):
            flow.send(reply(sent, 200, ("Authentication-Info", f"rspauth={value!r}")))


def proof_of_body(server: DigestServer, request: Request, body: str, qop: str | None) -> str:
    """RFC 7616 3.5 with auth-int: the body of the response is part of it."""
    params = params_of(request.headers["authorization"])
    a1 = server.hash("ann", "realm", "secret")
    used = params["qop"] if qop is None else qop
    middle = (params["nonce"], params["nc"], params["cnonce"], used)
    asked = ("", params["uri"], server.hash(body)) if used == "auth-int" else ("", params["uri"])
    return server.hash(a1, *middle, server.hash(*asked))


def proven(request: Request, body: Pieces, proof: str, *more: str) -> Response:
    info = ", ".join([f'rspauth="{proof}"', 'nextnonce="more"', *more])
    head = ResponseHead(200, "", "HTTP/1.1", f"Authentication-Info: {info}\r\n".encode())
    return Response(head, request, body, elapsed=0.0, limits=Limits(), default_encoding="utf-8")


def asked_with_body(server: DigestServer, auth: DigestAuth) -> tuple[AuthFlow, Request]:
    flow = auth.auth_flow(Request("POST", URL, content="x"))
    sent = next(flow)
    if "authorization" not in sent.headers:
        sent = flow.send(server(sent))
    return flow, sent


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256", "SHA-512-256"])
@pytest.mark.parametrize("come", [True, False])
@pytest.mark.parametrize("qop", [None, "auth-int", "auth"])
async def test_the_body_is_part_of_the_proof_with_auth_int(
    algorithm: str, come: bool, qop: str | None
) -> None:
    server, auth = (
        DigestServer("ann", "secret", qop="auth-int", algorithm=algorithm),
        SECRET_OF_ANN(),
    )
    flow, sent = asked_with_body(server, auth)
    said = [] if qop is None else [f"qop={qop}"]
    pieces = Pieces(b"abc", come=True) if come else Pieces(b"a", b"bc")
    response = proven(sent, pieces, proof_of_body(server, sent, "abc", qop), *said)
    with pytest.raises(StopIteration):
        flow.send(response)
    assert await response.aread() == b"abc"
    assert params_of(next(auth.auth_flow(sent)).headers["authorization"])["nonce"] == "more"


@pytest.mark.parametrize("come", [True, False])
@pytest.mark.parametrize("body", [b"abd", b"ab", b"abcc", b"ABC"])
async def test_another_body_than_that_of_the_proof_is_an_error(come: bool, body: bytes) -> None:
    server, auth = DigestServer("ann", "secret", qop="auth-int"), SECRET_OF_ANN()
    flow, sent = asked_with_body(server, auth)
    pieces = Pieces(body, come=True) if come else Pieces(body[:1], body[1:])
    response = proven(sent, pieces, proof_of_body(server, sent, "abc", None))
    with pytest.raises(StopIteration):
        flow.send(response)
    with pytest.raises(AuthenticationError, match="rspauth") as caught:
        await response.aread()
    assert caught.value.request is sent
    # Neither the nonce nor what was agreed before is used again.
    assert "authorization" not in next(auth.auth_flow(Request("GET", URL))).headers


@pytest.mark.parametrize("qop", ["auth", "bogus", ""])
def test_a_wrong_proof_without_a_body_is_an_error_at_once(qop: str) -> None:
    server, auth = DigestServer("ann", "secret", qop="auth-int"), SECRET_OF_ANN()
    flow, sent = asked_with_body(server, auth)
    with pytest.raises(AuthenticationError):
        flow.send(proven(sent, Pieces(come=True), "0" * 32, f'qop="{qop}"'))


async def test_a_body_that_is_dropped_is_not_checked_and_its_next_nonce_not_used() -> None:
    server, auth = DigestServer("ann", "secret", qop="auth-int"), SECRET_OF_ANN()
    flow, sent = asked_with_body(server, auth)
    response = proven(sent, Pieces(b"a", b"b"), "0" * 32)
    with pytest.raises(StopIteration):
        flow.send(response)
    await response.aclose()
    nonce = params_of(sent.headers["authorization"])["nonce"]
    (again,) = [next(auth.auth_flow(Request("GET", URL)))]
    assert params_of(again.headers["authorization"])["nonce"] == nonce
    assert params_of(again.headers["authorization"])["nc"] == "00000002"


@pytest.mark.parametrize("http2", [False, "prior-knowledge"])
@pytest.mark.parametrize("qop", ["auth-int", None])
async def test_a_client_checks_it_over_both_protocols(
    http2: Literal[False, "prior-knowledge"], qop: str | None
) -> None:
    server, lies = DigestServer("ann", "secret", qop=qop), False

    def handler(request: MockRequest) -> MockResponse:
        credentials = request.headers.get("authorization")
        sent = Request(request.method, URL, headers=request.headers)
        if credentials is None:
            return MockResponse(401, headers=server.challenge(sent).headers)
        if qop is None:
            params = params_of(credentials)
            a1 = server.hash("ann", "realm", "secret")
            proof = server.hash(a1, params["nonce"], server.hash("", params["uri"]))
        else:
            proof = proof_of_body(server, sent, "abc", None)
        proof = "0" * 32 if lies else proof
        return MockResponse(headers={"Authentication-Info": f'rspauth="{proof}"'}, content=b"abc")

    transport = MockTransport(handler)
    async with Client(transport=transport, http2=http2, auth=SECRET_OF_ANN()) as client:
        for _ in range(2):
            assert await (await client.get(URL)).aread() == b"abc"
        lies = True
        with pytest.raises(AuthenticationError) as caught:
            await (await client.get(URL)).aread()
        assert "secret" not in f"{caught.value} {caught.value!r}"
