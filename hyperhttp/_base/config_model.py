"""Base classes of the generated config models: validation, errors, and shorthand values.

The generated classes add fields, `__init__` signatures and the texts of what is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import ClassVar, Final, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.checked import cut, unknown_option

__all__ = [
    "MASK",
    "ConfigModel",
    "NumberModel",
    "SwitchModel",
    "build",
    "copy_with",
    "number_model",
    "switch_model",
]

MASK: Final = "**********"


class ConfigModel(BaseModel, frozen=True):
    """A frozen model without unknown names; wrong values raise ConfigError."""

    # Validators are built at first use: they cost more than all the rest of the import. Each model
    # repeats `frozen` in its class line, where type checkers look for it. The values may be
    # secrets, which pydantic's own errors would show.
    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", defer_build=True, hide_input_in_errors=True
    )

    _allowed: ClassVar[Mapping[str, str]] = {}
    _secrets: ClassVar[frozenset[str]] = frozenset()
    # Pairs of fields that are only valid together, and pairs that exclude each other.
    _needs: ClassVar[tuple[tuple[str, str], ...]] = ()
    _excludes: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self, /, **given: object) -> None:
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise self._refusal(error, given) from None
        for option, other in self._needs:
            if self._is_set(option) and not self._is_set(other):
                raise self._contradiction(option, f"without {other}")
        for option, other in self._excludes:
            if self._is_set(option) and self._is_set(other):
                raise self._contradiction(option, f"together with {other}")

    def _is_set(self, option: str) -> bool:
        value: object = getattr(self, option)
        default: object = type(self).model_fields[option].default
        return value != default

    def _contradiction(self, option: str, why: str) -> ConfigError:
        value: object = getattr(self, option)
        plain = str(value) if hasattr(value, "__fspath__") else value
        given = f"{MASK if option in self._secrets else cut(plain)} {why}"
        return ConfigError(option=option, given=given, allowed=self._allowed[option])

    @classmethod
    def _refusal(cls, error: ValidationError, whole: Mapping[str, object]) -> ConfigError:
        details = error.errors(include_url=False)[0]
        option = str(details["loc"][0])
        if option not in cls._allowed:
            return unknown_option(option, cls._allowed, is_field=True)
        inner = details.get("ctx", {}).get("error")
        if isinstance(inner, ConfigError):  # from a model inside this one
            return type(inner)(
                option=f"{option}.{inner.option}",
                given=inner.given,
                allowed=inner.allowed,
                suggestion=inner.suggestion,
            )
        given = MASK if option in cls._secrets else cut(whole.get(option, details["input"]))
        return ConfigError(option=option, given=given, allowed=cls._allowed[option])


class NumberModel(ConfigModel, frozen=True):
    """A model for which one number, or None, can be given: the value of its main fields."""

    _option: ClassVar[str] = ""
    # The text of what `number_model` accepts.
    _shorthand: ClassVar[str] = ""


class SwitchModel(ConfigModel, frozen=True):
    """A model for which True (the defaults), False or None (off) can be given."""

    _option: ClassVar[str] = ""


M = TypeVar("M", bound=ConfigModel)
N = TypeVar("N", bound=NumberModel)
S = TypeVar("S", bound=SwitchModel)


def number_model(kind: type[N], given: float | N | None) -> N:
    """Convert `given` to the model. A model is returned unchanged.

    Raises ConfigError for anything but a model, a number or None.
    """
    if isinstance(given, kind):
        return given
    if given is None or type(given) is float or type(given) is int:
        try:
            made = _from_number(kind, given)
        except ConfigError:
            made = None
        if isinstance(made, kind):
            return made
    option, allowed = kind._option, kind._shorthand  # pyright: ignore[reportPrivateUsage]
    raise ConfigError(option=option, given=cut(given), allowed=allowed)


def switch_model(kind: type[S], given: bool | S | None) -> S | None:
    """Convert `given` to the model; None means off. A model is returned unchanged.

    Raises ConfigError for anything but a model, True, False or None.
    """
    value: object = given
    if value is None or value is False:
        return None
    if value is True:
        value = _usual(kind)
    if isinstance(value, kind):
        return value
    allowed = f"True, False, {kind.__name__}(...) or None"
    option = kind._option  # pyright: ignore[reportPrivateUsage]
    raise ConfigError(option=option, given=cut(value), allowed=allowed)


def build(kind: type[M], given: Mapping[str, object]) -> M:
    """Create a model from values whose types are only known at run time."""
    return kind(**given)


def copy_with(model: M, changes: Mapping[str, object]) -> M:
    """Return a validated copy of a model with some fields changed."""
    fields = {name: getattr(model, name) for name in type(model).model_fields}
    return build(type(model), {**fields, **changes})


# A number is the usual way to give a model, often the same one for each request.
@lru_cache(maxsize=128)
def _from_number(kind: type[NumberModel], given: float | None) -> NumberModel:
    return cast("Callable[[float | None], NumberModel]", kind)(given)


@cache
def _usual(kind: type[SwitchModel]) -> SwitchModel:
    return kind()
