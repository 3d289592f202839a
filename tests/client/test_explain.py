"""What a client says it would do, and where each value comes from; what an error says it was."""

from __future__ import annotations

from pathlib import Path

import pytest

import hyperhttp
from hyperhttp import Client, ClientConfig, PoolConfig, RetryPolicy, Timeout, TLSConfig
from hyperhttp._base._generated.errors import Attempt, in_context

URL = "https://example.com/a"


def test_everything_has_a_reason_and_nothing_is_sent() -> None:
    client = Client(trust_env=False)
    plan = client.explain(URL)
    assert (plan.method, str(plan.url)) == ("GET", URL)
    assert all(fact.source for fact in plan.entries)
    assert plan["timeout.read"].source == "default"
    assert plan["http"].value == "HTTP/2 or HTTP/1.1, as the server chooses"
    assert str(plan).splitlines()[0] == f"GET {URL}"
    assert client.stats().origins == {}
    with pytest.raises(KeyError):
        plan["weather"]


def test_each_value_says_where_it_comes_from(tmp_path: Path) -> None:
    file = tmp_path / "options.toml"
    file.write_text("[timeout]\nwrite = 7.0\n")
    from_file = ClientConfig.from_toml(file)
    environ = {"HYPERHTTP_TIMEOUT_READ": "120", "HYPERHTTP_RETRY_MAX_RETRIES": "2"}
    from_env = ClientConfig.from_env(environ=environ)
    assert Client(config=from_file).explain(URL)["timeout.write"].source == "the file options.toml"
    client = Client(config=from_env, http2=False)
    plan = client.explain(URL)
    assert plan["timeout.read"].value == "120 s"
    assert plan["timeout.read"].source == "HYPERHTTP_TIMEOUT_READ in the environment"
    assert plan["retry"].value == "at most 2 times"
    assert plan["retry"].source == "HYPERHTTP_RETRY_MAX_RETRIES in the environment"
    assert (plan["http"].value, plan["http"].source) == ("HTTP/1.1", "the client's http2")
    own = client.build_request("GET", URL, timeout=Timeout(3.0), follow_redirects=True)
    plan = client.explain(own)
    assert (plan["timeout.read"].value, plan["timeout.read"].source) == ("3 s", "the call")
    assert (plan["redirects"].value, plan["redirects"].source) == ("at most 20", "the call")
    client.timeout = Timeout(4.0)
    assert client.explain(URL)["timeout.read"].source == "client.timeout"


def test_where_options_come_from_is_no_part_of_what_they_are() -> None:
    from_env = ClientConfig.from_env(environ={"HYPERHTTP_MAX_CONNECTIONS": "7"})
    by_hand = ClientConfig(pool=PoolConfig(max_connections=7))
    assert from_env == by_hand
    assert from_env.sources == {
        "pool.max_connections": "HYPERHTTP_MAX_CONNECTIONS in the environment"
    }
    assert by_hand.sources == {"pool.max_connections": "ClientConfig(...)"}
    assert ClientConfig().sources == {}
    assert ClientConfig.model_validate_json(from_env.model_dump_json()) == by_hand


@pytest.mark.parametrize(
    ("client", "topic", "value"),
    [
        (lambda: Client(http2="prior-knowledge"), "http", "HTTP/2"),
        (lambda: Client(verify="ca.pem"), "tls", "the CAs in ca.pem"),
        (
            lambda: Client(tls_hosts={"example.com": TLSConfig(verify="host.pem")}),
            "tls",
            "the CAs in host.pem",
        ),
        (
            lambda: Client(verify="ca.pem", tls_hosts={"localhost": TLSConfig(verify=False)}),
            "tls",
            "the CAs in ca.pem",
        ),
        (lambda: Client(uds="/run/app.sock"), "socket", "/run/app.sock"),
        (lambda: Client(local_address="127.0.0.2"), "local address", "127.0.0.2"),
        (lambda: Client(verify=False), "tls", "no certificate is verified"),
        (lambda: Client(trust_env=False), "tls", "public CAs"),
        (Client, "tls", "public CAs, or those of SSL_CERT_FILE and SSL_CERT_DIR"),
        (
            lambda: Client(base_url=URL, bind_to_origin=True),
            "other origins",
            "without sensitive defaults",
        ),
        (lambda: Client(base_url=URL, bind_to_origin="refuse"), "other origins", "refused"),
        (lambda: Client(auth=("alice", "sesame")), "auth", "BasicAuth, for its one origin"),
        (lambda: Client(circuit_breaker=True), "circuit breaker", "opens after 5 failures"),
        (lambda: Client(proxy="http://u:sesame@127.0.0.1:1"), "proxy", "http://127.0.0.1:1"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_each_policy_has_its_line(client: object, topic: str, value: str) -> None:
    assert callable(client)
    plan = client().explain(URL)
    assert plan[topic].value == value
    assert "sesame" not in str(plan)


@pytest.mark.parametrize("topic", ["other origins", "local address", "socket"])
def test_what_is_not_set_has_no_line(topic: str) -> None:
    assert topic not in {entry.name for entry in Client().explain(URL).entries}


def test_the_user_of_a_url_is_named_where_there_is_one() -> None:
    assert Client().explain("https://ann:sesame@example.com/")["auth"].value == "Basic"
    assert Client().explain(URL)["auth"].value == "none"


def test_an_equal_timeout_is_still_that_of_the_configuration() -> None:
    client = Client(timeout=5.0)
    client.timeout = Timeout(5.0)
    assert client.explain(URL)["timeout.read"].source != "client.timeout"


def test_a_plan_knows_what_retries_may_do() -> None:
    client = Client(retry=RetryPolicy(max_retries=5))
    assert client.explain(URL)["retry"].value == "at most 5 times"
    assert "isn't safe" in client.explain(URL, method="POST")["retry"].value
    once = client.build_request("PUT", URL, content=iter([b"x"]))
    assert "only once" in client.explain(once)["retry"].value
    assert "off" in client.explain(client.build_request("GET", URL, retry=None))["retry"].value


def test_without_tls_there_is_none_to_speak_of() -> None:
    plan = Client().explain("http://example.com/")
    assert (plan["tls"].value, plan["http"].value) == ("none", "HTTP/1.1")


def test_an_error_explains_itself_and_its_attempts() -> None:
    error = hyperhttp.ReadTimeout(timeout_s=3.0)
    failed = hyperhttp.ConnectError(detail="refused", host="example.com", port=443)
    in_context(
        error,
        attempts=(
            Attempt(1, 503, None, 0.5, 0.1, "503, retry 1 of 3 in 0.1 s"),
            Attempt(2, None, failed, 0.25, 0.0, "ConnectError, all retries are used up"),
        ),
    )
    lines = error.explain().splitlines()
    assert lines[0] == str(error)
    assert lines[1] == f"Hint: {error.hint}"
    assert lines[2].startswith("Safe to retry: ")
    assert lines[3] == "Attempt 1: 503 after 0.5 s; 503, retry 1 of 3 in 0.1 s"
    assert lines[4] == "Attempt 2: ConnectError after 0.25 s; ConnectError, all retries are used up"


def test_a_proxy_of_the_configuration_stands_below_the_option_and_above_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    environ = {"HYPERHTTP_PROXY_URL": "http://ann:s3cret@127.0.0.1:2"}
    config = ClientConfig.from_env(environ=environ)
    assert "s3cret" not in repr(config)
    assert Client().explain(URL)["proxy"].value == "http://127.0.0.1:1"
    assert Client(config=config).explain(URL)["proxy"].value == "http://127.0.0.1:2"
    assert "s3cret" not in str(Client(config=config).explain(URL))
    option = Client(config=config, proxy="http://127.0.0.1:3")
    assert option.explain(URL)["proxy"].value == "http://127.0.0.1:3"
    assert Client(config=config, proxy=None).explain(URL)["proxy"].value == "none"


def test_a_proxy_of_the_configuration_does_not_go_with_a_transport_or_a_socket() -> None:
    config = ClientConfig.from_env(environ={"HYPERHTTP_PROXY_URL": "http://127.0.0.1:2"})
    with pytest.raises(hyperhttp.ConfigError, match="a proxy beside uds"):
        Client(config=config, uds="/run/x.sock")
    with pytest.raises(hyperhttp.ConfigError, match="a proxy beside transport"):
        Client(config=config, transport=hyperhttp.MockTransport())
    assert not Client(config=config, transport=hyperhttp.MockTransport(), proxy=None).is_closed


def test_the_scheme_is_explained_where_https_only_refuses_it_and_only_there() -> None:
    plain, tls = "http://example.com/", "https://example.com/"
    entry = Client(https_only=True).explain(plain)["scheme"]
    assert (entry.value, entry.source) == ("refused: the URL is http", "the client's https_only")
    for client, url in ((Client(https_only=True), tls), (Client(), plain), (Client(), tls)):
        with pytest.raises(KeyError):
            client.explain(url)["scheme"]


def test_the_address_policy_has_its_own_sources_only() -> None:
    environ = {
        "HYPERHTTP_ADDRESS_SCOPE": "public",
        "HYPERHTTP_BASE_URL": "http://example.com",
        "HYPERHTTP_TIMEOUT_READ": "9",
    }
    config = ClientConfig.from_env(environ=environ)
    entry = Client(config=config).explain(URL)["addresses"]
    assert entry.value == "public, checked when dialed"
    assert entry.source == "HYPERHTTP_ADDRESS_SCOPE in the environment"
    checked = Client(timeout=3.0, address_check=_allow_all)
    assert checked.explain(URL)["addresses"].source == "the client's address_check"


def _allow_all(host: str, address: object, port: int, hop: int) -> bool:
    return True
