"""The part of the configuration's code that reads options from the environment.

It becomes the `from_env` method of the model that is the whole configuration; the names are in the
spec, one for each option that has one.
"""

from __future__ import annotations

from typing import Final

from codegen.ir import OptionField, Spec
from codegen.text import indented
from codegen.words import quoted

PREFIX: Final = "HYPERHTTP_"


def method() -> list[str]:
    """The method of the root model."""
    return METHOD.replace("PREFIX", quoted(PREFIX)).strip("\n").splitlines()


def functions(spec: Spec) -> list[str]:
    """The table of names, and the reader of one value."""
    lines = [
        "# Name without prefix -> group, field, and the kinds of value it may have.",
        "_ENV: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {",
        *indented(_entries(spec)),
        "}",
        "",
        "",
    ]
    return [*lines, *READER.strip("\n").splitlines()]


def _entries(spec: Spec) -> list[str]:
    root = spec.config[spec.root_config]
    entries: list[str] = []
    for name, field in root.fields.items():
        if field.model:
            for inner, option in spec.config[field.model].fields.items():
                entries += _entry(name, inner, option)
        entries += _entry("", name, field)
    return entries


def _entry(group: str, name: str, field: OptionField) -> list[str]:
    if field.env is None:
        return []
    kinds = [word.python for word in field.parsed.words]
    kinds += [*field.parsed.literals, *(["none"] if field.parsed.optional else [])]
    listed = ", ".join(map(quoted, kinds))
    return [f"{quoted(field.env)}: ({quoted(group)}, {quoted(name)}, ({listed},)),"]


METHOD: Final = '''
@classmethod
def from_env(cls, prefix: str = PREFIX, environ: Mapping[str, str] | None = None) -> Self:
    """The configuration that the environment describes; what it leaves out has its default.

    Raises ConfigError for a value that is not allowed, and for a name with the prefix that is
    not known. `environ` stands for `os.environ`.

    Example:
        config = ClientConfig.from_env()  # HYPERHTTP_TIMEOUT_READ=120 in the environment
    """
    given: dict[str, dict[str, object]] = {"": {}}
    for name, text in sorted((os.environ if environ is None else environ).items()):
        if name.startswith(prefix):
            known = name.removeprefix(prefix)
            if known not in _ENV:
                raise unknown_option(name, [f"{prefix}{other}" for other in _ENV])
            group, field, kinds = _ENV[known]
            given.setdefault(group, {})[field] = _env_value(text, kinds)
    top = given.pop("")
    try:
        return built(cls, {**top, **given})
    except ConfigError as error:
        raise _as_env(error, prefix) from None
'''

READER: Final = '''
def _env_value(text: str, kinds: tuple[str, ...]) -> object:
    """The value that a text means; the text itself where it means none, for the model to refuse."""
    word = text.strip().lower()
    if "none" in kinds and word == "none":
        return None
    if "bool" in kinds and word in {"true", "yes", "on", "1", "false", "no", "off", "0"}:
        return word in {"true", "yes", "on", "1"}
    for kind, read in (("int", int), ("float", float)):
        if kind in kinds:
            try:
                return read(word)
            except ValueError:
                return text
    return text


def _as_env(error: ConfigError, prefix: str) -> ConfigError:
    """The same error, told of the name in the environment."""
    group, _, field = error.option.rpartition(".")
    for name, (its_group, its_field, _) in _ENV.items():
        if (its_group, its_field) == (group, field):
            return ConfigError(option=f"{prefix}{name}", given=error.given, allowed=error.allowed)
    return error
'''
