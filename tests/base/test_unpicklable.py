from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, ClientConfig, SyncClient

if TYPE_CHECKING:
    from collections.abc import Callable

COPIES = pytest.mark.parametrize(
    "make_copy", [pickle.dumps, copy.copy, copy.deepcopy, lambda client: pickle.dumps([client])]
)


@COPIES
@pytest.mark.parametrize("kind", [Client, SyncClient])
def test_a_client_cannot_be_pickled_or_copied(
    make_copy: Callable[[object], object], kind: type[Client | SyncClient]
) -> None:
    client = kind()
    with pytest.raises(TypeError) as caught:
        make_copy(client)
    assert str(caught.value) == (
        f"cannot pickle or copy a {kind.__name__}: it has connections; "
        "create another one with the same options"
    )
    assert not client.is_closed


def test_the_error_contains_no_secret() -> None:
    client = Client(auth=("ann", "open sesame"), headers={"X-Api-Key": "open sesame"})
    with pytest.raises(TypeError) as caught:
        pickle.dumps(client)
    assert "sesame" not in str(caught.value)


def test_a_configuration_can_be_pickled_and_creates_a_client() -> None:
    client = Client(timeout=5.0)
    config: object = pickle.loads(pickle.dumps(client.config))  # our own bytes
    assert isinstance(config, ClientConfig)
    assert Client(config=config).timeout == client.timeout
