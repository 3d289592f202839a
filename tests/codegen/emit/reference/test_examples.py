from __future__ import annotations

import pytest

from codegen.emit.reference.examples import code, example, prose
from tests.codegen.specs import real_spec


@pytest.mark.parametrize(
    ("text", "imports"),
    [
        ("Timeout(total=1.0)", "from hyperhttp import Timeout\n\n"),
        (
            "Client(limits=Limits())",
            "from hyperhttp import Client, Limits\n\n",
        ),
        (
            'TLSConfig(verify=Path("a.pem"))',
            "from pathlib import Path\n\nfrom hyperhttp import TLSConfig\n\n",
        ),
        ('files = Path("a.pem")', "from pathlib import Path\n\n"),
        ("hyperhttp.Client()", "import hyperhttp\n\n"),
        ("hyperhttp.Client(limits=Limits())", "import hyperhttp\nfrom hyperhttp import Limits\n\n"),
        ("def f(a: Timeout) -> None: ...", "from hyperhttp import Timeout\n\n\n"),
        ("response.etag", ""),
        ('response.headers["Timeout"]', ""),
        ("import hyperhttp\n\nhyperhttp.Client()", ""),
    ],
)
def test_what_an_example_uses_is_imported(text: str, imports: str) -> None:
    assert example(real_spec(), text) == f"```python\n{imports}{text}\n```"


def test_code_is_fenced() -> None:
    assert code("\nx = 1\n") == "```python\nx = 1\n```"


def test_an_indented_block_of_a_docstring_becomes_one_that_is_run() -> None:
    doc = "What it is.\n\n    url = URL(a)\n\n    url.host\n\nMore of it.\n\nExample:\n    f()"
    assert prose(doc, ["URL", "Other"]).split("\n\n") == [
        "What it is.",
        "```python\nfrom hyperhttp import URL",
        "url = URL(a)",
        "url.host\n```",
        "More of it.",
        "```python\nf()\n```",
    ]
