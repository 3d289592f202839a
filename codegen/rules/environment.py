"""Variables of the environment: each is about an option that exists, and is named once."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.diagnostics import Problem, did_you_mean
from codegen.ir import Spec
from codegen.rules.tables import ENVIRONMENT


def options_exist(spec: Spec) -> Iterator[Problem]:
    """A variable is about an option of the client, and no other variable has its name."""
    seen: set[str] = set()
    for name, variable in spec.environment.items():
        if variable.option not in spec.calls.options:
            hint = did_you_mean(variable.option, spec.calls.options)
            yield Problem(ENVIRONMENT, name, f'option: "{variable.option}" is not an option.{hint}')
        for one in (name, *variable.also):
            if one in seen:
                yield Problem(ENVIRONMENT, name, f'"{one}" is named twice')
            seen.add(one)
