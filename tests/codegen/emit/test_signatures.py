from __future__ import annotations

import pytest

from codegen.emit.signatures import (
    client_parameters,
    input_modules,
    keyword,
    option_doc,
    overloads,
    parameters,
)
from tests.codegen.specs import real_spec


def test_a_keyword_may_be_left_out_and_none_stands_last() -> None:
    options = real_spec().calls.options
    assert keyword(real_spec(), "timeout", options["timeout"]) == (
        "timeout: TimeoutInput | Unset = UNSET"
    )
    assert keyword(real_spec(), "max_connections", options["max_connections"]) == (
        "max_connections: int | Unset | None = UNSET"
    )


def test_each_overload_takes_at_most_one_body() -> None:
    spec = real_spec()
    tails = [signature[-1] for signature in overloads(spec, spec.calls.calls["post"])]
    assert [tail.partition(":")[0] for tail in tails[1:]] == ["json", "data", "content"]
    assert not tails[0].startswith(("json", "data", "content"))


def test_a_call_with_any_method_takes_it_first() -> None:
    spec = real_spec()
    assert parameters(spec, spec.calls.calls["request"])[1:3] == ["method: str", "url: URLInput"]
    assert parameters(spec, spec.calls.calls["get"])[1] == "url: URLInput"


def test_the_client_takes_a_configuration_last() -> None:
    assert client_parameters(real_spec())[-1] == "config: ClientConfig | Unset = UNSET"


def test_a_doc_has_unit_default_and_how_values_merge() -> None:
    options = real_spec().calls.options
    assert option_doc(real_spec(), options["keepalive_expiry"]).endswith("Default: 120.0 seconds.")
    assert "replaces that of the client" in option_doc(real_spec(), options["headers"])


@pytest.mark.parametrize(
    ("annotations", "modules"),
    [
        (["int | None"], {}),
        (["URLInput"], {"hyperhttp._message.inputs": {"URLInput"}}),
        (["Limits | Unset"], {"hyperhttp._generated.config": {"Limits"}}),
        (["bool | Path"], {"pathlib": {"Path"}}),
    ],
)
def test_names_in_annotations_are_traced_to_their_modules(
    annotations: list[str], modules: dict[str, set[str]]
) -> None:
    assert input_modules(real_spec(), annotations) == modules
