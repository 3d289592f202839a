"""Every error: its facts are typed, its text is never empty, and it survives pickle and copy."""

from __future__ import annotations

import copy
import inspect
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast, get_args

import pytest

from codegen.emit.exceptions import CONTEXT
from codegen.tables import ErrorTable, is_foreign
from hyperhttp import exceptions
from hyperhttp._base._generated.errors import in_context
from hyperhttp.exceptions import (
    ConfigError,
    ConnectError,
    ConnectTimeout,
    HTTPStatusError,
    HyperHTTPError,
    InvalidURL,
    ReadTimeout,
    TransportError,
    UnknownOption,
)
from tests.codegen.specs import ROOT, real_spec

if TYPE_CHECKING:
    from hyperhttp import Request, Response


class FakeURL:
    """A URL as errors see one."""

    def __str__(self) -> str:
        return "https://example.com/a"

    def without_secrets(self) -> FakeURL:
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FakeURL)

    __hash__ = object.__hash__


class FakeRequest:
    """A request as errors see one."""

    method = "GET"
    url = FakeURL()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FakeRequest)

    __hash__ = object.__hash__


class FakeResponse:
    """A response as errors see one."""

    status_code = 404
    reason_phrase = "Not Found"
    elapsed = 0.5
    attempts = ()
    url = FakeURL()
    request = FakeRequest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FakeResponse)

    __hash__ = object.__hash__


SAMPLES: Final[dict[str, object]] = {
    "float": 2.5,
    "int": 3,
    "bool": True,
    "str": "words",
    "Phase": "read",
    "Literal['max_body_bytes', 'max_decoded_bytes', 'max_line_bytes']": "max_line_bytes",
    "BaseResponse": FakeResponse(),
}
ERRORS = list(real_spec().errors)
Copy = Callable[[HyperHTTPError], object]
COPIES: Final[dict[str, Copy]] = {"copy": copy.copy, "deepcopy": copy.deepcopy}
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


def sample(name: str, *, whole: bool) -> tuple[HyperHTTPError, dict[str, object]]:
    """An error with all its facts, or with the required ones only."""
    facts = {
        fact_name: SAMPLES[fact.parsed.python.removesuffix(" | None").replace('"', "'")]
        for fact_name, fact in real_spec().facts(name).items()
        if whole or fact.required
    }
    return getattr(exceptions, name)(**facts), facts


def told(error: HyperHTTPError) -> HyperHTTPError:
    error.origin = "https://example.com"
    error.elapsed = 1.25
    error.attempt = 2
    in_context(error, request=cast("Request", FakeRequest()))
    return error


@pytest.mark.parametrize("name", ERRORS)
def test_facts_become_attributes_and_optional_ones_have_their_default(name: str) -> None:
    error, facts = sample(name, whole=True)
    assert {fact: getattr(error, fact) for fact in facts} == facts
    bare, given = sample(name, whole=False)
    for fact_name, fact in real_spec().facts(name).items():
        if fact_name not in given:
            assert getattr(bare, fact_name) == fact.value


@pytest.mark.parametrize("name", ERRORS)
def test_the_constructor_is_typed_and_takes_keywords_only(name: str) -> None:
    kind = getattr(exceptions, name)
    parameters = dict(inspect.signature(kind.__init__).parameters)
    del parameters["self"]
    facts = real_spec().facts(name)
    assert {n: p.annotation.replace("'", '"') for n, p in parameters.items()} == {
        n: fact.parsed.python for n, fact in facts.items()
    }
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
    with pytest.raises(TypeError):
        kind("words")
    with pytest.raises(TypeError):
        kind(**sample(name, whole=True)[1], unknown=1)


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("whole", [True, False])
def test_the_text_is_a_sentence_with_and_without_context(name: str, whole: bool) -> None:
    bare, _ = sample(name, whole=whole)
    in_place = told(sample(name, whole=whole)[0])
    for text in (str(bare), str(in_place)):
        assert len(text) > 10
        assert "{" not in text
        assert "None" not in text
        assert not text.startswith(name)
    assert name in repr(bare)
    assert str(bare) in repr(bare)


@pytest.mark.parametrize("name", ERRORS)
def test_the_text_never_fails_even_without_facts_or_with_wrong_ones(name: str) -> None:
    kind = getattr(exceptions, name)
    empty = kind.__new__(kind)
    assert str(empty)
    wrong, facts = sample(name, whole=True)
    vars(wrong).update(dict.fromkeys(facts, object()))
    assert str(wrong)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("name", ERRORS)
def test_pickle_keeps_class_facts_context_and_text(name: str, protocol: int) -> None:
    error = told(sample(name, whole=True)[0])
    error.add_note("a note")
    assert_same(pickle.loads(pickle.dumps(error, protocol)), error)


@pytest.mark.parametrize("how", COPIES)
@pytest.mark.parametrize("name", ERRORS)
def test_a_copy_has_class_facts_context_and_text(name: str, how: str) -> None:
    error = told(sample(name, whole=True)[0])
    assert_same(COPIES[how](error), error)


def assert_same(same: object, error: HyperHTTPError) -> None:
    assert type(same) is type(error)
    assert str(same) == str(error)
    assert vars(same) == vars(error)
    assert same is not error


@pytest.mark.parametrize(("name", "table"), real_spec().errors.items())
def test_what_holds_for_a_class_is_as_declared(name: str, table: ErrorTable) -> None:
    kind = getattr(exceptions, name)
    assert (kind.phase, kind.retryable, kind.hint) == (table.phase, table.retryable, table.hint)
    assert kind.__module__ == "hyperhttp.exceptions"
    assert (kind.__doc__ or "").startswith(table.doc[:40])
    bases = [base.rpartition(":")[2] for base in table.bases]
    assert [base.__name__ for base in kind.__bases__] == bases


@pytest.mark.parametrize("name", ERRORS)
def test_an_attribute_gives_an_object_the_advice_that_the_spec_declares(name: str) -> None:
    spec = real_spec()
    error, _ = sample(name, whole=True)
    kinds = [spec.errors[kind] for kind in (name, *spec.ancestors(name))]
    others = [word for kind in kinds for word in kind.retryable_if.values()]
    assert error.retryable == (others[-1] if others else spec.errors[name].retryable)
    assert type(error).retryable == spec.errors[name].retryable


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_is_caught_by_its_ancestors_and_builtins(name: str) -> None:
    spec = real_spec()
    error, _ = sample(name, whole=True)
    for ancestor in spec.ancestors(name):
        assert isinstance(error, getattr(exceptions, ancestor))
        for base in filter(is_foreign, spec.errors[ancestor].bases):
            builtin = base.rpartition(":")[2]
            assert builtin in {kind.__name__ for kind in type(error).__mro__}


def test_the_tree_is_the_one_that_the_guide_relies_on() -> None:
    assert issubclass(ConnectTimeout, TransportError)
    assert issubclass(ConnectTimeout, ConnectError)
    assert issubclass(ReadTimeout, TransportError)
    assert issubclass(ReadTimeout, TimeoutError)
    assert issubclass(ConfigError, ValueError)
    assert issubclass(InvalidURL, ValueError)


def test_a_timeout_has_no_leftovers_of_oserror() -> None:
    error = ReadTimeout(timeout_s=5.0)
    assert error.args == ()
    assert error.errno is None
    assert str(error) == "timed out after 5 s waiting for data from the server (read timeout)"


def test_a_timeout_names_phase_limit_elapsed_and_origin() -> None:
    error = ReadTimeout(timeout_s=5.0, elapsed_s=5.25, received_bytes=3)
    error.origin = "https://example.com"
    assert str(error) == (
        "timed out after 5 s waiting for data from https://example.com"
        " (read timeout, 5.25 s elapsed, 3 bytes received)"
    )


def test_context_is_set_once_and_by_the_innermost_who_knows() -> None:
    error = ConnectError(detail="refused")
    assert error.url is None
    in_context(error, origin="https://a.example.com", elapsed=1.0)
    same = in_context(error, origin="https://b.example.com", elapsed=2.0, attempt=3)
    assert same is error
    assert (error.origin, error.elapsed, error.attempt) == ("https://a.example.com", 1.0, 3)
    assert str(told(error).url) == "https://example.com/a"


def test_a_status_error_takes_its_request_from_the_response() -> None:
    response = FakeResponse()
    error = HTTPStatusError(response=cast("Response", response), excerpt="gone")
    assert cast("object", error.request) is response.request
    assert error.elapsed == 0.5
    assert str(error) == "404 Not Found for GET https://example.com/a"
    assert error.excerpt == "gone"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            ConfigError(option="timeout", given="-1", allowed="seconds > 0"),
            "invalid timeout: -1; expected seconds > 0",
        ),
        (
            UnknownOption(option="timout", given="", allowed="timeout", suggestion="timeout"),
            "unknown option 'timout'; did you mean 'timeout'? (the full list is in error.allowed)",
        ),
    ],
)
def test_a_config_error_names_option_given_and_allowed(error: ConfigError, text: str) -> None:
    assert str(error) == text


def test_the_vocabulary_is_exported() -> None:
    assert get_args(exceptions.Phase) == (*real_spec().vocabulary.phases,)
    assert get_args(exceptions.Retryable) == (*real_spec().vocabulary.retryable,)
    assert set(get_args(exceptions.ErrorName)) == {*real_spec().errors}
    assert set(exceptions.__all__) == {*real_spec().errors, "ErrorName", "Phase", "Retryable"}


def test_the_context_of_every_error_has_a_doc() -> None:
    assert set(CONTEXT) == {"request", "origin", "elapsed", "attempt", "attempts"}


def test_importing_the_errors_imports_no_pydantic_and_costs_little() -> None:
    # With -S there are no third-party packages to import.
    code = (
        "import sys, hyperhttp.exceptions;"
        "print('pydantic' in sys.modules, 'asyncio' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False False\n"
