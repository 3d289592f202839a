from __future__ import annotations

import copy
import pickle

import pytest

from hyperhttp._base._generated.errors import Attempt, ReadError, in_context

REPLIED = Attempt(1, 503, None, 0.2, 0.5, "503, retry 1 of 3 in 0.5 s")
FAILED = Attempt(2, None, ReadError(detail="lost"), 0.1, 0.0, "ReadError")


@pytest.mark.parametrize("attempt", [REPLIED, FAILED], ids=["answered", "failed"])
def test_an_attempt_is_a_record_that_can_be_pickled_and_copied(attempt: Attempt) -> None:
    for other in (pickle.loads(pickle.dumps(attempt)), copy.deepcopy(attempt)):
        assert (other.number, other.status_code) == (attempt.number, attempt.status_code)
        assert (other.elapsed_s, other.delay_s) == (attempt.elapsed_s, attempt.delay_s)
        assert (str(other.error), other.decision) == (str(attempt.error), attempt.decision)


def test_an_attempt_does_not_change() -> None:
    with pytest.raises(AttributeError):
        setattr(REPLIED, "number", 2)  # noqa: B010  # a checker would refuse the assignment


def test_an_error_with_its_own_history_can_be_shown_and_pickled() -> None:
    error = in_context(ReadError(detail="lost"), attempt=2, attempts=(REPLIED, FAILED))
    assert error.attempts == (REPLIED, FAILED)
    assert pickle.loads(pickle.dumps(error)).attempts[0] == REPLIED
    assert in_context(error, attempts=(FAILED,)).attempts == (REPLIED, FAILED)
    assert ReadError(detail="lost").attempts == ()
