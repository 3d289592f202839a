from __future__ import annotations

from hyperhttp._base._generated.errors import Attempt, HyperHTTPError, ReadError, in_context
from hyperhttp._base.error_support import explanation, rebuilt, text_or_hint


def test_the_text_is_the_message_of_the_error() -> None:
    assert text_or_hint(ReadError(detail="cut"), lambda: "it was cut", "Retry.") == "it was cut"


def test_an_empty_error_shows_its_class_and_hint_instead_of_raising_another() -> None:
    assert str(rebuilt(ReadError)) == f"ReadError: {ReadError.hint}"


def test_an_explanation_has_the_error_what_to_do_and_each_attempt() -> None:
    first = Attempt(1, 503, None, 0.25, 0.5, "503, retry 1 of 3 in 0.5 s")
    second = Attempt(2, None, ReadError(detail="cut"), 1.0, 0.0, "no retries are left")
    error = in_context(ReadError(detail="cut"), attempts=(first, second))
    assert error.explain().splitlines() == [
        str(error),
        f"Hint: {error.hint}",
        "Safe to retry: only if the request is idempotent",
        "Attempt 1: 503 after 0.25 s; 503, retry 1 of 3 in 0.5 s",
        "Attempt 2: ReadError after 1 s; no retries are left",
    ]


def test_an_explanation_has_the_advice_on_retries() -> None:
    lines = explanation(HyperHTTPError(), "Look.", "is safe", ()).splitlines()
    assert lines[1:] == ["Hint: Look.", "Safe to retry: is safe"]
