from __future__ import annotations

import ssl

import pytest

from hyperhttp import ClientConfig, ConfigError, Limits, PoolConfig
from hyperhttp._base.unset import UNSET
from hyperhttp._client.option_merging import OptionTable, is_instance_by_name, merge

TABLE = OptionTable(
    paths={"max_connections": ("pool", "max_connections"), "agent": ("", "user_agent")}
    | {"cert": ("tls", "cert")},
    parts={"cert": ("cert", "cert_key", "cert_password")},
    allowed={"max_connections": "a number", "agent": "text", "cert": "a path or a tuple"},
)


def test_without_options_the_default_is_one_object_and_a_configuration_is_itself() -> None:
    assert merge(UNSET, {}, TABLE) is merge(UNSET, {}, TABLE)
    own = ClientConfig(user_agent="me/1")
    assert merge(own, {}, TABLE) is own


def test_options_change_a_copy_and_name_themselves_as_the_source() -> None:
    own = ClientConfig(limits=Limits(max_codings=3))
    merged = merge(own, {"max_connections": 7, "agent": "me/1"}, TABLE)
    assert merged.pool == PoolConfig(max_connections=7)
    assert (merged.limits, merged.user_agent) == (own.limits, "me/1")
    assert merged.sources["pool.max_connections"] == "the client's max_connections"
    assert own.pool == PoolConfig()


def test_the_parts_of_a_tuple_are_fields_of_their_own() -> None:
    tls = merge(UNSET, {"cert": ("a.pem", "a.key")}, TABLE).tls
    assert (str(tls.cert), str(tls.cert_key), tls.cert_password) == ("a.pem", "a.key", None)


@pytest.mark.parametrize("given", [(), ("a", "b", "c", "d")])
def test_a_tuple_of_another_length_is_refused(given: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError, match=f"invalid cert: a tuple of {len(given)}; expected"):
        merge(UNSET, {"cert": given}, TABLE)


@pytest.mark.parametrize(
    ("option", "given", "shown"),
    [("max_connections", "many", "'many'"), ("agent", 1, "1"), ("cert", (1,), "**********")],
)
def test_a_wrong_value_is_named_by_the_option_of_the_client(
    option: str, given: object, shown: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        merge(UNSET, {option: given}, TABLE)
    assert (caught.value.option, caught.value.given) == (option, shown)


def test_a_configuration_of_another_type_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"invalid config: 1; expected ClientConfig"):
        merge(1, {}, TABLE)


def test_an_instance_is_known_by_the_names_of_its_classes() -> None:
    class Context(ssl.SSLContext):
        pass

    assert is_instance_by_name(Context(ssl.PROTOCOL_TLS_CLIENT), "ssl", "SSLContext")
    assert not is_instance_by_name("ssl.SSLContext", "ssl", "SSLContext")
