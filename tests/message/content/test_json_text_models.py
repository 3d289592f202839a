"""Models as JSON: `json=model` writes what `response.json(Model)` reads, by the same aliases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic.dataclasses import dataclass as pydantic_dataclass

from hyperhttp import Client, ConfigError, JSONConfig, MockTransport, Request
from hyperhttp._message.content import json_text
from hyperhttp._message.content.json_text import JSONInput, encode_json
from hyperhttp._message.content.json_typed import validate_json
from hyperhttp.testing import MockRequest, MockResponse


class User(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    user_id: int
    nick_name: str | None = None


class ByName(User):
    model_config = ConfigDict(validate_by_alias=False, validate_by_name=True)


class WrittenByName(User):
    model_config = ConfigDict(serialize_by_alias=False)


@pydantic_dataclass
class Account:
    account_id: int = Field(alias="accountId")


class Values(BaseModel):
    at: datetime
    day: date
    hour: time
    price: Decimal
    data: bytes


@dataclass
class Wrapper:
    user: User
    note: str | None = None


@pytest.fixture(params=["orjson", "json"], autouse=True)
def each_encoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "json":
        monkeypatch.setattr(json_text, "_FAST", None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (User(user_id=1), '{"userId":1,"nickName":null}'),
        (ByName(user_id=1), '{"user_id":1,"nick_name":null}'),
        (WrittenByName(user_id=1), '{"user_id":1,"nick_name":null}'),
        (Account(accountId=1), '{"accountId":1}'),
        ([{"user": User(user_id=1)}], '[{"user":{"userId":1,"nickName":null}}]'),
        (Wrapper(User(user_id=1)), '{"user":{"userId":1,"nickName":null},"note":null}'),
    ],
)
def test_models_are_written_by_the_aliases_they_are_read_by(value: JSONInput, text: str) -> None:
    assert encode_json(value) == text.encode() == encode_json(value, JSONConfig())


@pytest.mark.parametrize("value", [User(user_id=1), ByName(user_id=1), Account(accountId=1)])
def test_what_a_model_writes_it_reads(value: JSONInput) -> None:
    assert validate_json(encode_json(value), type(value)) == value


@pytest.mark.parametrize(
    ("config", "text"),
    [
        (JSONConfig(by_alias=False), '{"user_id":1,"nick_name":null}'),
        (JSONConfig(by_alias=True), '{"userId":1,"nickName":null}'),
        (JSONConfig(exclude_none=True), '{"userId":1}'),
        (JSONConfig(exclude_unset=True), '{"userId":1}'),
        (JSONConfig(by_alias=False, exclude_none=True), '{"user_id":1}'),
    ],
)
def test_the_options_apply_to_models_at_any_depth(config: JSONConfig, text: str) -> None:
    assert encode_json(User(user_id=1), config) == text.encode()
    assert (
        encode_json([Wrapper(User(user_id=1))], config)
        == f'[{{"user":{text},"note":null}}]'.encode()
    )


def test_a_field_that_was_set_to_none_is_not_unset() -> None:
    user = User(user_id=1, nick_name=None)
    assert encode_json(user, JSONConfig(exclude_unset=True)) == b'{"userId":1,"nickName":null}'


def test_values_within_models_are_written_as_pydantic_writes_them() -> None:
    values = Values(
        at=datetime(2026, 1, 2, 3, tzinfo=UTC),
        day=date(2026, 1, 2),
        hour=time(3),
        price=Decimal("1.50"),
        data=b"x",
    )
    assert json.loads(encode_json(values)) == {
        "at": "2026-01-02T03:00:00Z",
        "day": "2026-01-02",
        "hour": "03:00:00",
        "price": "1.50",
        "data": "x",
    }
    assert validate_json(encode_json(values), Values) == values


def test_the_same_values_elsewhere_are_refused_with_their_place() -> None:
    at: object = datetime(2026, 1, 2, tzinfo=UTC)
    given: list[JSONInput] = [User(user_id=1)]
    given.append({"at": at})  # pyright: ignore[reportArgumentType]
    with pytest.raises(ConfigError) as caught:
        encode_json(given, JSONConfig(exclude_none=True))
    assert caught.value.given == "datetime at json[1]['at']"


class OnlyMode:
    """Dumps itself as pydantic models do, without their options."""

    def model_dump(self, *, mode: str = "python") -> dict[str, object]:
        return {"mode": mode}


def test_other_objects_that_dump_themselves_get_the_options_that_are_set() -> None:
    assert encode_json(OnlyMode()) == b'{"mode":"json"}' == encode_json(OnlyMode(), JSONConfig())
    with pytest.raises(ConfigError, match="OnlyMode"):
        encode_json(OnlyMode(), JSONConfig(exclude_none=True))


async def test_a_request_overrides_its_client() -> None:
    def echo(request: MockRequest) -> MockResponse:
        return MockResponse(content=request.content)

    client = Client(transport=MockTransport(echo), json_config=JSONConfig(exclude_none=True))
    async with client:
        bodies: list[bytes] = []
        for config in (None, JSONConfig(by_alias=False)):
            response = await client.post(
                "https://example.com/", json=User(user_id=1), json_config=config
            )
            bodies.append(await response.aread())
    assert bodies == [b'{"userId":1}', b'{"user_id":1,"nick_name":null}']


def test_a_request_without_a_client_takes_the_options_too() -> None:
    config = JSONConfig(exclude_none=True)
    request = Request("POST", "https://example.com/", json=User(user_id=1), json_config=config)
    assert request.content == b'{"userId":1}'


@pytest.mark.parametrize("wrong", [{"by_alias": False}, True, "by_alias"])
def test_other_options_are_refused_before_anything_is_sent(wrong: JSONConfig) -> None:
    with pytest.raises(ConfigError, match="json_config"):
        Request("POST", "https://example.com/", json=User(user_id=1), json_config=wrong)
