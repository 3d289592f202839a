from __future__ import annotations

import copy
import pickle

from hyperhttp._base.unset import INHERIT, UNSET, Unset


def test_unset_is_false_and_one_of_a_kind() -> None:
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert copy.deepcopy(UNSET) is UNSET
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET
    assert list(Unset) == [UNSET]


def test_inherit_is_the_same_value() -> None:
    assert INHERIT is UNSET
