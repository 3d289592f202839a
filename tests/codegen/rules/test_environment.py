from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.specs import problems_of


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'option = "verify"',
            'option = "verfy"',
            '[SSL_CERT_FILE]: option: "verfy" is not an option. Did you mean "verify"?',
        ),
        (
            'also = ["https_proxy"]',
            'also = ["http_proxy"]',
            '[HTTPS_PROXY]: "http_proxy" is named twice',
        ),
    ],
)
def test_a_variable_that_cannot_be_is_responded(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    (found,) = problems_of(tmp_path, "environment", old, new)
    assert found == f"spec/environment.toml {said}"
