from __future__ import annotations

from inspect import signature

from codegen.emit.environment import PREFIX, table
from hyperhttp.config import ClientConfig
from tests.codegen.specs import real_spec


def test_each_option_with_a_name_is_in_the_table_once() -> None:
    text = "\n".join(table(real_spec()))
    fields = [field for model in real_spec().config.values() for field in model.fields.values()]
    named = [field.env for field in fields if field.env]
    assert named
    assert all(text.count(f'"{name}": (') == 1 for name in named)


def test_a_model_inside_another_is_named_by_its_dotted_path() -> None:
    assert '"RETRY_BUDGET_RATIO": ("retry.budget", "ratio", ("float",)),' in "\n".join(
        table(real_spec())
    )


def test_the_prefix_of_the_pages_is_the_default() -> None:
    assert signature(ClientConfig.from_env).parameters["prefix"].default == PREFIX
