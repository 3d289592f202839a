"""Every model: defaults as declared, and a ConfigError for what does not fit."""

from __future__ import annotations

import copy
import math
import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from pydantic import BaseModel, SecretStr, ValidationError

from codegen.emit.config import field_doc, shorthand_allowed, shown_parameters
from codegen.emit.config_defaults import ordered
from codegen.tables import OptionField
from codegen.types import NONE
from hyperhttp import config
from hyperhttp._base.config_model import number_model, switch_model
from hyperhttp.config import (
    CircuitBreakerPolicy,
    ClientConfig,
    Limits,
    PoolConfig,
    RedirectConfig,
    RetryPolicy,
    Timeout,
    TLSConfig,
)
from hyperhttp.exceptions import ConfigError
from tests.codegen.specs import real_spec

FIELDS = [
    (model, name, field)
    for model, table in real_spec().config.items()
    for name, field in table.fields.items()
]
DATA = [case for case in FIELDS if not case[2].model]
# To call it in ways that a checker refuses.
LOOSE_TIMEOUT: Callable[..., Timeout] = Timeout
LOOSE_OF: Callable[[object], Timeout] = cast(
    "Callable[[object], Timeout]", partial(number_model, Timeout)
)
LOOSE_TLS: Callable[..., TLSConfig] = TLSConfig
SECRET = "s3cr3t"
MASK = "**********"
# Nothing that any option takes.
WRONG: tuple[object, ...] = (object(), [-1], {"a": 1}, b"bytes", 1j, SimpleNamespace())


def make(model: str, name: str, value: object) -> BaseModel:
    made: BaseModel = getattr(config, model)(**{name: value})
    return made


def refusal(model: str, name: str, value: object) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        make(model, name, value)
    return caught.value


@pytest.mark.parametrize(("model", "name", "field"), DATA)
def test_a_default_is_as_declared(model: str, name: str, field: OptionField) -> None:
    value = getattr(getattr(config, model)(), name)
    assert value == field.value
    assert type(value) is type(field.value)


@pytest.mark.parametrize(("model", "name", "field"), FIELDS)
@pytest.mark.parametrize("value", WRONG, ids=lambda value: type(value).__name__)
def test_a_wrong_type_is_refused_with_option_given_and_allowed(
    model: str, name: str, field: OptionField, value: object
) -> None:
    error = refusal(model, name, value)
    assert error.option.partition(".")[0] == name
    if error.option == name:
        assert error.given == (MASK if field.is_secret else repr(value)[:80])
        assert error.allowed == field.allowed


@pytest.mark.parametrize(("model", "name", "field"), DATA)
def test_none_is_taken_only_where_it_is_allowed(model: str, name: str, field: OptionField) -> None:
    if field.parsed.optional:
        assert getattr(make(model, name, None), name) is None
    else:
        assert refusal(model, name, None).given == "None"


@pytest.mark.parametrize(
    ("model", "name", "field"),
    [case for case in DATA if case[2].limits],
)
def test_bounds_hold_at_their_edge_and_break_beside_it(
    model: str, name: str, field: OptionField
) -> None:
    def given(value: float) -> object:
        return {value} if field.parsed.is_set else value

    for sign, limit in field.limits.items():
        beside = limit - 1 if sign in {"gt", "ge"} else limit + 1
        assert refusal(model, name, given(beside)).allowed == field.allowed
        if sign in {"ge", "le"}:
            assert getattr(make(model, name, given(limit)), name) == given(limit)
        else:
            assert refusal(model, name, given(limit)).option == name


SETS = [case for case in DATA if case[2].parsed.is_set]


@pytest.mark.parametrize(("model", "name", "field"), SETS)
@pytest.mark.parametrize("kind", [set, list, tuple, frozenset])
def test_a_set_is_kept_frozen_and_dumped_to_json_in_order(
    model: str, name: str, field: OptionField, kind: Callable[[object], object]
) -> None:
    made = make(model, name, kind(field.default))
    assert getattr(made, name) == field.value
    assert type(getattr(made, name)) is frozenset
    assert made.model_dump(mode="json")[name] == list(ordered(field))
    assert getattr(make(model, name, kind([])), name) == frozenset()


@pytest.mark.parametrize(
    ("option", "given"),
    [
        ("methods", "GET"),
        ("methods", {"GET", "get"}),
        ("methods", {"GET "}),
        ("methods", {""}),
        ("methods", {1}),
        ("statuses", {503, "504"}),
        ("statuses", {503, True}),
        ("statuses", {1000}),
        ("errors", {"ReadTimout"}),
        ("errors", {"Phase"}),
        ("errors", {TimeoutError}),
    ],
)
def test_a_set_with_something_else_in_it_is_refused_whole(option: str, given: object) -> None:
    error = refusal("RetryPolicy", option, given)
    assert (error.option, error.given) == (option, repr(given))
    assert error.allowed == real_spec().config["RetryPolicy"].fields[option].allowed


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (True, RetryPolicy()),
        (False, None),
        (None, None),
        (RetryPolicy(max_retries=1), RetryPolicy(max_retries=1)),
    ],
    ids=["on", "off", "none", "own"],
)
def test_a_model_that_may_be_left_out_is_a_switch(
    given: bool | RetryPolicy | None, meant: RetryPolicy | None
) -> None:
    assert switch_model(RetryPolicy, given) == meant


@pytest.mark.parametrize("given", [1, 0, "yes", {}, ClientConfig()])
def test_what_is_no_switch_is_refused_by_the_name_of_the_option(given: object) -> None:
    of: Callable[[object], object] = partial(
        cast("Callable[..., object]", switch_model), CircuitBreakerPolicy
    )
    with pytest.raises(ConfigError) as caught:
        of(given)
    assert caught.value.option == "circuit_breaker"
    assert caught.value.allowed == "True, False, CircuitBreakerPolicy(...) or None"


def test_an_error_deep_inside_is_told_with_its_whole_name() -> None:
    error = refusal("ClientConfig", "retry", {"backoff": {"initial": 0}})
    assert (error.option, error.allowed) == ("retry.backoff.initial", "seconds > 0")


@pytest.mark.parametrize(
    ("model", "name", "field"),
    [case for case in DATA if case[2].parsed.unit == "seconds"],
)
@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, True, "5", "none"])
def test_seconds_are_finite_numbers_and_nothing_else(
    model: str, name: str, field: OptionField, value: object
) -> None:
    assert refusal(model, name, value).allowed == field.allowed


@pytest.mark.parametrize("model", real_spec().config)
def test_a_misspelt_name_is_responded_with_the_nearest_one(model: str) -> None:
    name = next(reversed(real_spec().config[model].fields))
    misspelt = f"{name[:-1]}{name[-1] * 2}" if len(name) > 3 else f"{name}s"
    error = refusal(model, misspelt, 1)
    assert error.option == misspelt
    assert error.suggestion == name
    assert error.given == ""
    assert name in error.allowed


@pytest.mark.parametrize("model", real_spec().config)
def test_models_are_frozen_equal_hashable_and_copyable(model: str) -> None:
    one, other = getattr(config, model)(), getattr(config, model)()
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.deepcopy(one) == one
    name = next(iter(real_spec().config[model].fields))
    with pytest.raises(ValueError, match="frozen"):
        setattr(one, name, getattr(one, name))


@pytest.mark.parametrize("model", real_spec().config)
def test_a_model_dumps_to_what_makes_it_again(model: str) -> None:
    one = getattr(config, model)()
    assert getattr(config, model)(**one.model_dump()) == one
    assert getattr(config, model).model_validate_json(one.model_dump_json()) == one


@pytest.mark.parametrize("model", real_spec().config)
def test_models_are_named_after_the_public_module(model: str) -> None:
    assert getattr(config, model).__module__ == "hyperhttp.config"
    assert model in config.__all__


@pytest.mark.parametrize("value", [5, 5.0, 0.001])
def test_a_positional_number_sets_each_phase_but_not_the_total(value: float) -> None:
    timeout = Timeout(value)
    assert (timeout.connect, timeout.read, timeout.write, timeout.pool) == (value,) * 4
    assert timeout.total is None


def test_a_phase_of_its_own_wins_over_the_positional_number() -> None:
    timeout = Timeout(5.0, read=None, total=9)
    assert (timeout.connect, timeout.read, timeout.total) == (5.0, None, 9.0)
    assert Timeout(None) == Timeout(connect=None, read=None, write=None, pool=None)


def test_a_misspelt_phase_is_responded_though_the_signature_is_explicit() -> None:
    with pytest.raises(ConfigError, match="did you mean 'connect'"):
        LOOSE_TIMEOUT(conect=1)


def test_two_positional_numbers_are_a_type_error() -> None:
    with pytest.raises(TypeError):
        LOOSE_TIMEOUT(1, 2)


def test_a_shorthand_is_looked_up_and_a_timeout_is_itself() -> None:
    timeout = Timeout(3.0)
    assert number_model(Timeout, timeout) is timeout
    assert number_model(Timeout, 2.5) == Timeout(2.5)
    assert number_model(Timeout, 2.5) is number_model(Timeout, 2.5)
    assert number_model(Timeout, None) == Timeout(None)


@pytest.mark.parametrize("given", [-1, 0, True, "5", [5], math.nan, math.inf, {"read": 5}])
def test_a_wrong_shorthand_names_the_option(given: object) -> None:
    with pytest.raises(ConfigError) as caught:
        LOOSE_OF(given)
    assert caught.value.option == "timeout"
    assert caught.value.allowed == "seconds > 0, None or Timeout(...)"
    assert caught.value.given == repr(given)


def test_a_mistake_inside_a_nested_table_is_told_with_its_path() -> None:
    with pytest.raises(ConfigError) as caught:
        make("ClientConfig", "pool", {"max_connections": 0})  # as from a TOML file
    assert caught.value.option == "pool.max_connections"
    assert caught.value.allowed == "a whole number >= 1 or None"


def test_a_long_value_is_cut_in_the_error() -> None:
    error = refusal("TLSConfig", "verify", list(range(100)))
    assert len(error.given) == 80
    assert error.given.endswith("...")


@pytest.mark.parametrize("value", ["", b"ca.pem", 1, 0])
def test_verify_takes_neither_an_empty_path_nor_bytes_nor_numbers(value: object) -> None:
    assert refusal("TLSConfig", "verify", value).allowed == "True, False or a path"


def test_verify_takes_what_has_a_path() -> None:
    class Directory:
        def __fspath__(self) -> str:
            return "ca"

    assert TLSConfig(verify=Path("ca")).verify == Path("ca")
    assert make("TLSConfig", "verify", "ca") == TLSConfig(verify=Path("ca"))
    assert make("TLSConfig", "verify", Directory()) == TLSConfig(verify=Path("ca"))
    assert TLSConfig(verify=False).verify is False


@pytest.mark.parametrize("value", ["utf-99", "", "base64", "rot13", "utf-8\0"])
def test_an_encoding_must_be_one_for_text_that_python_knows(value: str) -> None:
    assert refusal("ClientConfig", "default_encoding", value).given == repr(value)


@pytest.mark.parametrize("value", ["a\nb", "a\r\nX: y", "a\n", "a\0", "é", "\x7f"])
def test_a_user_agent_has_nothing_that_a_header_cannot_carry(value: str) -> None:
    assert refusal("ClientConfig", "user_agent", value).option == "user_agent"


@pytest.mark.parametrize("value", ["prior", "", 1, None])
def test_http2_takes_a_flag_or_the_one_word(value: object) -> None:
    assert refusal("ClientConfig", "http2", value).allowed == 'True, False or "prior-knowledge"'
    assert ClientConfig(http2="prior-knowledge").http2 == "prior-knowledge"


def test_the_repr_of_a_configuration_shows_no_password() -> None:
    shown = repr(ClientConfig(base_url="https://user:secret@example.com"))
    assert "secret" not in shown


def test_a_secret_is_shown_nowhere_but_to_who_asks_for_it() -> None:
    one = LOOSE_TLS(cert="a.pem", cert_password=SECRET)
    for text in (repr(one), str(one), repr(one.model_dump()), one.model_dump_json()):
        assert SECRET not in text
    assert one == LOOSE_TLS(cert="a.pem", cert_password=SecretStr(SECRET))
    assert one != LOOSE_TLS(cert="a.pem", cert_password="another")
    assert TLSConfig(**one.model_dump()) == one
    assert pickle.loads(pickle.dumps(one)) == one
    assert one.cert_password is not None
    assert one.cert_password.get_secret_value() == SECRET


@pytest.mark.parametrize("given", [[SECRET], SECRET.encode(), {"a": SECRET}, ""])
def test_a_secret_that_is_refused_is_not_shown_either(given: object) -> None:
    assert refusal("TLSConfig", "cert_password", given).given == MASK
    with pytest.raises(ConfigError) as caught:
        make("ClientConfig", "tls", {"cert": "a", "cert_password": given})
    assert caught.value.option == "tls.cert_password"
    assert SECRET not in str(caught.value)
    with pytest.raises(ValidationError) as raw:  # pydantic's own door, and its own error
        TLSConfig.model_validate({"cert": "a", "cert_password": given})
    assert SECRET not in str(raw.value)


def test_an_option_that_needs_another_does_not_stand_alone() -> None:
    assert LOOSE_TLS(cert="a.pem", cert_key="b.pem").cert_key == Path("b.pem")
    error = refusal("TLSConfig", "cert_key", Path("b.pem"))
    assert (error.option, error.given) == ("cert_key", "'b.pem' without cert")
    assert error.allowed == "a path or None"
    assert refusal("TLSConfig", "cert_password", SECRET).given == f"{MASK} without cert"


@pytest.mark.parametrize("verify", [False, Path("ca.pem")])
def test_options_that_contradict_each_other_do_not_stand_together(verify: bool | Path) -> None:
    with pytest.raises(ConfigError) as caught:
        TLSConfig(system_trust=True, verify=verify)
    assert caught.value.option == "system_trust"
    assert caught.value.given == "True together with verify"
    assert TLSConfig(system_trust=True, verify=True).system_trust
    assert TLSConfig(system_trust=False, verify=verify).verify == verify


@pytest.mark.parametrize("value", ["192.0.2.1", "::1", "2001:db8::7", "fe80::1%eth0"])
def test_an_address_is_one_of_either_family(value: str) -> None:
    assert ClientConfig(local_address=value).local_address == value


@pytest.mark.parametrize("value", ["", "example.com", "192.0.2.1:80", "[::1]", "192.0.2", 1])
def test_what_is_no_address_is_refused(value: object) -> None:
    assert refusal("ClientConfig", "local_address", value).allowed == "an IP address or None"


def test_each_field_is_told_twice_for_hover_and_for_the_schema() -> None:
    field = PoolConfig.model_fields["max_connections"]
    assert field.description == real_spec().config_field("pool.max_connections").doc
    said = field_doc(real_spec().config_field("timeout.connect"))
    assert "In seconds." in said
    assert "Defaults to 30.0." in said
    assert "If None: only the limits" in said


def test_every_data_option_has_a_default_and_a_reason() -> None:
    assert len(DATA) > 20
    assert [name for _, name, field in DATA if not field.why] == []
    assert NONE == "none"


def test_the_defaults_are_those_of_the_contract() -> None:
    assert Timeout() == Timeout(total=None, connect=30, read=30, write=30, pool=30)
    assert (Limits().max_head_bytes, Limits().max_decode_ratio) == (65536, 200)
    assert PoolConfig() == PoolConfig(
        max_connections=100,
        max_connections_per_host=None,
        max_keepalive_connections=20,
        keepalive_expiry=120.0,
    )
    assert RedirectConfig() == RedirectConfig(follow=False, max_redirects=20)


def test_a_shorthand_says_what_it_takes() -> None:
    allowed = shorthand_allowed("Timeout", real_spec().config["Timeout"])
    assert allowed == "seconds > 0, None or Timeout(...)"


def test_a_checker_sees_real_defaults_and_paths_as_text() -> None:
    spec = real_spec()
    assert "verify: bool | str | PathLike[str] = True" in shown_parameters(spec.config["TLSConfig"])
    for model in spec.config.values():
        shown = [parameter.partition(":")[0] for parameter in shown_parameters(model)]
        assert [name for name in shown if name in model.fields] == [*model.fields]
        assert not any("UNSET" in parameter for parameter in shown_parameters(model))
