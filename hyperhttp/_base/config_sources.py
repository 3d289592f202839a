"""The base class of the whole configuration: options from the environment and from TOML files.

The generated class adds the fields and the names of the options in the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar, Final, Self, TypeAlias, TypeVar, cast

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.checked import cut, unknown_option
from hyperhttp._base.config_model import ConfigModel, build

__all__ = ["ConfigRoot", "EnvNames", "overlay", "with_sources"]

EnvNames: TypeAlias = Mapping[str, tuple[str, str, tuple[str, ...]]]
"""Names without the prefix, with the dotted group, the field and the kinds of value it may have."""

_WORDS: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}


class ConfigRoot(ConfigModel, frozen=True):
    """The whole configuration, which remembers the sources of its values."""

    _env_names: ClassVar[EnvNames] = {}

    @classmethod
    def from_env(
        cls,
        prefix: str = "HYPERHTTP_",
        environ: Mapping[str, str] | None = None,
        *,
        base: Self | None = None,
    ) -> Self:
        """Create the configuration from environment variables; other options have their defaults.

        Args:
            prefix: The start of the names that are read.
            environ: The variables to read in place of `os.environ`.
            base: The configuration that provides the other options, such as that of a file.

        Raises:
            ConfigError: A value isn't allowed, or a name with the prefix is unknown.

        Example:
            config = ClientConfig.from_env()  # HYPERHTTP_TIMEOUT_READ=120 in the environment
        """
        texts = {
            name.removeprefix(prefix): text
            for name, text in (os.environ if environ is None else environ).items()
            if name.startswith(prefix)
        }
        names = cls._env_names
        return overlay(
            cls, names, base, texts, lambda name: f"{prefix}{name}", " in the environment"
        )

    @classmethod
    def from_toml(cls, path: str | os.PathLike[str], table: str = "") -> Self:
        """Create the configuration from a TOML file; other options have their defaults.

        The keys are the fields of ClientConfig, and the tables are those of the models inside. The
        text "none" means None.

        Args:
            path: The file.
            table: The dotted name of the table to read, for a file that has others.

        Raises:
            ConfigError: The file can't be read, a value isn't allowed, or a key is unknown.

        Example:
            config = ClientConfig.from_toml("pyproject.toml", table="tool.hyperhttp")
        """
        import tomllib  # noqa: PLC0415 - few programs need it, and it costs 5 ms

        try:
            given: object = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            allowed = f"a TOML file ({error})"
            raise ConfigError(option="path", given=cut(str(path)), allowed=allowed) from error
        for name in table.split(".") if table else ():
            given = (
                cast("dict[str, object]", given).get(name, {}) if isinstance(given, dict) else {}
            )
        config = build(cls, _from_table(given, "", cls._env_names))
        return with_sources(config, dict.fromkeys(config.sources, f"the file {Path(path).name}"))

    @property
    def sources(self) -> Mapping[str, str]:
        """The sources of the options that differ from their defaults, by dotted name."""
        known: Mapping[str, str] = self.__dict__.get("_sources", {})
        return {name: _source(name, known) for name in _differences(self, type(self)(), "")}

    def diff(self, other: Self) -> dict[str, tuple[object, object]]:
        """Return the options that differ: the value here and the other one. Secrets are masked.

        Example:
            print(config.diff(ClientConfig()))  # {'timeout.read': (120.0, 30.0)}
        """
        return _differences(self, other, "")


R = TypeVar("R", bound=ConfigRoot)


def with_sources(config: R, sources: Mapping[str, str]) -> R:
    """Remember where the options of a configuration come from; it stays equal to what it was."""
    # Beside the fields, as functools.cached_property has its values.
    object.__setattr__(config, "_sources", sources)
    return config


def overlay(
    kind: type[R],
    names: EnvNames,
    base: R | None,
    texts: Mapping[str, str],
    spelled: Callable[[str], str],
    where: str,
) -> R:
    """Return the configuration with options from texts, by their names without a prefix.

    Raises ConfigError, which names an option as `spelled` does; `where` follows the name in the
    sources.
    """
    given: dict[str, object] = {} if base is None else _changed_fields(base)
    sources: dict[str, str] = {} if base is None else dict(base.__dict__.get("_sources", {}))
    for name, text in sorted(texts.items()):
        if name not in names:
            raise unknown_option(spelled(name), [spelled(other) for other in names])
        group, field, kinds = names[name]
        _place(given, group, field, _value_of(text, kinds))
        sources[f"{group}.{field}" if group else field] = f"{spelled(name)}{where}"
    try:
        return with_sources(build(kind, given), sources)
    except ConfigError as error:
        raise _as_spelled(error, spelled, names) from None


def _source(name: str, known: Mapping[str, str]) -> str:
    """Return the source of an option, its model, or the fields of a model off by default."""
    inner = [source for other, source in known.items() if other.startswith(f"{name}.")]
    whole = known.get(name.rpartition(".")[0], "ClientConfig(...)")
    return known.get(name, ", ".join(inner) or whole)


def _from_table(given: object, group: str, names: EnvNames) -> dict[str, object]:
    """Convert a table of a TOML file for a model: "none" means None, which TOML doesn't have."""
    if not isinstance(given, dict):
        raise ConfigError(option=group or "table", given=cut(given), allowed="a table")
    kinds = {(group, field): kinds for group, field, kinds in names.values()}
    plain: dict[str, object] = {}
    for key, value in cast("dict[str, object]", given).items():
        here = kinds.get((group, key), ())
        if isinstance(value, dict):
            inner: object = cast("object", value)
            plain[key] = _from_table(inner, f"{group}.{key}" if group else key, names)
        elif isinstance(value, bool) and "switch" in here:
            plain[key] = {} if value else None
        else:
            plain[key] = None if value == "none" and "none" in here else value
    return plain


def _differences(
    mine: ConfigModel, other: ConfigModel, group: str
) -> dict[str, tuple[object, object]]:
    """Return the options in which two models of one class differ, by their dotted names."""
    found: dict[str, tuple[object, object]] = {}
    for name in type(mine).model_fields:
        here: object = getattr(mine, name)
        there: object = getattr(other, name)
        if isinstance(here, ConfigModel) and isinstance(there, ConfigModel):
            found |= _differences(here, there, f"{group}{name}.")
        elif here != there:
            found[f"{group}{name}"] = (here, there)
    return found


def _place(given: dict[str, object], group: str, field: str, value: object) -> None:
    """Put a value into its group. A model that is off stays off, whatever its fields are."""
    at = given
    for step in group.split(".") if group else ():
        inner = at.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        at = cast("dict[str, object]", inner)
    if value == {}:
        at.setdefault(field, value)
    else:
        at[field] = value


def _value_of(text: str, kinds: tuple[str, ...]) -> object:
    """Return the value of a text, or the text itself for the model to refuse."""
    word = text.strip().lower()
    if "none" in kinds and word == "none":
        return None
    if "bool" in kinds and word in _WORDS:
        return _WORDS[word]
    if "switch" in kinds and word in _WORDS:
        return {} if _WORDS[word] else None
    if "set" in kinds:
        return [_value_of(part.strip(), kinds[1:]) for part in text.split(",")] if word else []
    for kind, read in (("int", int), ("float", float)):
        if kind in kinds:
            try:
                return read(word)
            except ValueError:
                return text
    return text


def _changed_fields(model: ConfigModel) -> dict[str, object]:
    """Return the fields of a model that differ from their defaults; models inside as tables."""
    usual = type(model)()
    fields: dict[str, object] = {}
    for name in type(model).model_fields:
        value: object = getattr(model, name)
        if value != getattr(usual, name):
            fields[name] = _changed_fields(value) if isinstance(value, ConfigModel) else value
    return fields


def _as_spelled(error: ConfigError, spelled: Callable[[str], str], names: EnvNames) -> ConfigError:
    """Return the same error with the spelling of the environment or the command line."""
    group, _, field = error.option.rpartition(".")
    for name, (its_group, its_field, kinds) in names.items():
        if (its_group, its_field) == (group, field):
            allowed = "true, false or none" if "switch" in kinds else _lower_words(error.allowed)
            return ConfigError(option=spelled(name), given=error.given, allowed=allowed)
    return error


def _lower_words(allowed: str) -> str:
    """Return the allowed values with True, False and None as the environment spells them."""
    for word in ("True", "False", "None"):
        allowed = allowed.replace(word, word.lower())
    return allowed
