"""One edit of the spec adds an option, an error, a response property, a verb, a header, a bound."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from codegen.output_dirs import Rendering, render, write
from tests.codegen.specs import scratch_checkout

pytestmark = pytest.mark.slow

OPTION_FIELD = """
[RedirectConfig.fields.max_hop_seconds]
type = "seconds?"
default = "none"
doc = "The longest time that one redirect may take."
none = "Only `Timeout` limits it."
why = "Redirects are cheap, as a rule."
error = "TotalTimeout"
env = "MAX_HOP_SECONDS"
since = "0.2"
example = "Client(max_hop_seconds=1.0)"
consumer = "hyperhttp._policy.redirects"
"""
OPTION = """
[options.max_hop_seconds]
level = ["client", "request"]
config = "redirects.max_hop_seconds"
since = "0.2"
"""
ERROR = """
[HopTimeout]
bases = ["TimeoutException"]
phase = "redirect"
retryable = "if_idempotent"
message = "hop {hop} took over {timeout_s:g} s[ ({url})]"
doc = "One redirect took too long."
raised_when = "A redirect takes longer than `max_hop_seconds`."
hint = "Raise `max_hop_seconds`."
causes = ["The server takes its time."]
scenario = '''
try:
    await client.get("https://example.com/")
except hyperhttp.HopTimeout as error:
    print(error)
'''
prints = "hop 1 took over 2 s"
since = "0.2"
[HopTimeout.fields.hop]
type = "count"
doc = "Which hop it was, from 1."
"""
FIELD = """
[Response.fields.lag]
type = "seconds?"
kind = "parsed"
header = "Lag"
rfc = "9110 16.3"
doc = "How far the answer lies behind."
since = "0.2"
example = "response.lag"
vectors = [{ in = "60", out = 60.0 }, { in = "old", out = "none" }]
"""
VERB = """
[calls.trace]
method = "TRACE"
via = "perform"
body = "none"
doc = "Ask for the request as it arrived."
since = "0.2"
example = 'response = await client.trace("https://example.com/")'
"""
HEADER = """
[headers.X-Session]
kinds = ["sensitive"]
doc = "Who is logged in."
since = "0.2"
"""
KIND = """
[kinds.cached]
title = "Headers of caches"
sets = { CACHED = "bytes" }
doc = "Caches add them."
since = "0.2"
[headers.X-Cache]
kinds = ["cached", "varying"]
doc = "Whether a cache had the response."
since = "0.2"
"""
BOUND = """
[HOP_WAIT_S]
value = 2.5
unit = "seconds"
topic = "Waiting"
doc = "How long a hop waits."
reason = "Hops are short."
since = "0.2"
"""
PHASE = """
[phases.cache]
title = "Looking into the cache"
[methods.QUERY]
safe = true
idempotent = true
rfc = "10008 2"
"""
TABLES = {
    "config": (OPTION_FIELD,),
    "calls": (OPTION, VERB),
    "errors": (ERROR,),
    "response": (FIELD,),
    "headers": (HEADER, KIND),
    "bounds": (BOUND,),
    "vocabulary": (PHASE,),
}


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rendering]:
    root = scratch_checkout(tmp_path_factory.mktemp("added") / "checkout")
    for file, tables in TABLES.items():
        with (root / f"spec/{file}.toml").open("a", encoding="utf-8") as stream:
            stream.writelines(tables)
    rendering = render(root)
    assert not rendering.problems
    list(write(root, rendering.files))
    return root, rendering


def run(root: Path, code: str) -> str:
    """Run code in a process that imports the scratch package."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


CLIENT = """
from hyperhttp._client._generated.client_options import ClientOptionsBase
class Client(ClientOptionsBase):
    def _setup(self, config, **live): self.config = config
    def _build(self, *given): return given
    async def _sent(self, request): return request
    def _streamed(self, request): return request
    async def _downloaded(self, request, path, *options): return request
    def _paged(self, request, *options): return request
    async def _fetched(self, request, into): return request
"""


def test_an_option_becomes_a_field_with_bounds_and_a_keyword_of_the_client(
    added: tuple[Path, Rendering],
) -> None:
    code = f"""{CLIENT}
from hyperhttp.exceptions import ConfigError
print(Client().config.redirects.max_hop_seconds)
print(Client(max_hop_seconds=2).config.redirects.max_hop_seconds)
try:
    Client(max_hop_seconds=0)
except ConfigError as error:
    print(error)
"""
    assert run(added[0], code).splitlines() == [
        "None",
        "2.0",
        "invalid max_hop_seconds: 0; expected seconds > 0 or None",
    ]


def test_an_option_becomes_a_keyword_of_every_call(added: tuple[Path, Rendering]) -> None:
    code = f"""{CLIENT}
import inspect
names = [n for c in Client.__mro__[2:4] for n in vars(c) if not n.startswith("_")]
print(names)
taken = {{n: inspect.signature(getattr(Client, n)).parameters for n in names}}
print([n for n in names if "max_hop_seconds" not in taken[n]])
print("max_hop_seconds" in inspect.signature(Client.__init__).parameters)
print(Client().build_request("GET", "/", max_hop_seconds=3).count(3))
"""
    names, missing, of_client, passed = run(added[0], code).splitlines()
    assert "'trace'" in names
    assert (missing, of_client, passed) == ("[]", "True", "1")


def test_an_option_becomes_a_key_an_environment_name_and_rows(
    added: tuple[Path, Rendering],
) -> None:
    root, rendering = added
    code = """
from hyperhttp._client._generated.options import ClientOptions, RequestOptions
from hyperhttp.config import ClientConfig
name = "max_hop_seconds"
print(name in ClientOptions.__annotations__, name in RequestOptions.__annotations__)
print(ClientConfig.from_env(environ={"HYPERHTTP_MAX_HOP_SECONDS": "4"}).redirects.max_hop_seconds)
"""
    assert run(root, code).splitlines() == ["True True", "4.0"]
    files = rendering.files
    page = files["docs/reference/config/RedirectConfig.md"]
    assert "## `RedirectConfig.max_hop_seconds`" in page
    assert "`redirects.max_hop_seconds`" in page
    assert "[`max_hop_seconds`](config/RedirectConfig.md#" in files["docs/reference/config.md"]
    assert "### max_hop_seconds" in files["docs/reference/client.md"]
    for name in ("config/RedirectConfig.md", "environment.md", "llms-full.txt"):
        assert "`HYPERHTTP_MAX_HOP_SECONDS`" in files[f"docs/reference/{name}"]
    assert "`--max-hop-seconds SECONDS`" in files["docs/reference/command.md"]
    schema = json.loads(files["docs/reference/config.schema.json"])
    entry = schema["$defs"]["RedirectConfig"]["properties"]["max_hop_seconds"]
    assert entry["anyOf"] == [{"exclusiveMinimum": 0, "type": "number"}, {"type": "null"}]
    assert "max_hop_seconds: float | None = None" in stub(rendering, "_base/_generated/config")
    # In a call and in its overloads.
    keyword = re.compile(r"max_hop_seconds: float \| (Unset|Inherit) \| None = INHERIT")
    stubs = [stub(rendering, f"_client/_generated/{name}") for name in ("calls", "verbs")]
    assert len(keyword.findall("".join(stubs))) > 25
    assert "max_hop_seconds: float | None" in stub(rendering, "_client/_generated/options")


def test_an_error_becomes_a_class_with_typed_facts(added: tuple[Path, Rendering]) -> None:
    code = """
import pickle, hyperhttp
error = hyperhttp.exceptions.HopTimeout(timeout_s=2.0, hop=3)
same = pickle.loads(pickle.dumps(error))
print(same, same.hop, same.phase, same.retryable, same.hint)
print([c.__name__ for c in type(error).__mro__][1:4], isinstance(error, TimeoutError))
print("HopTimeout" in hyperhttp.__all__)
"""
    assert run(added[0], code).splitlines() == [
        "hop 3 took over 2 s 3 redirect if_idempotent Raise `max_hop_seconds`.",
        "['TimeoutException', 'HyperHTTPError', 'TimeoutError'] True",
        "True",
    ]
    files = added[1].files
    assert "\n        - [HopTimeout](errors/HopTimeout.md)" in files["docs/reference/errors.md"]
    assert "# HopTimeout" in files["docs/reference/errors/HopTimeout.md"]
    assert "[HopTimeout](errors/HopTimeout.md)" in files["docs/reference/errors.md"]
    for name in ("troubleshooting.md", "errors/HopTimeout.md", "llms-full.txt"):
        assert "hop <hop> took over <timeout_s> s (<url>)" in files[f"docs/reference/{name}"]
    assert "HopTimeout" in files["docs/reference/cheat-sheet.md"]
    assert "class HopTimeout(TimeoutException):" in stub(added[1], "_base/_generated/errors")
    assert '"HopTimeout"' in files["typings/api/hyperhttp/__init__.pyi"]


def test_a_response_field_becomes_a_property_with_a_parser_to_write(
    added: tuple[Path, Rendering],
) -> None:
    code = """
from hyperhttp._message.response._generated.fields import ResponseFields
print("_parse_lag" in ResponseFields.__abstractmethods__, "_lag" in ResponseFields.__slots__)
class Response(ResponseFields):
    def _parse_lag(self): return 60.0
Response.__abstractmethods__ = frozenset()
print(Response().lag)
"""
    assert run(added[0], code).splitlines() == ["True True", "60.0"]
    assert "### `Response.lag`" in added[1].files["docs/reference/response.md"]
    assert "def lag(self) -> float | None: ..." in stub(
        added[1], "_message/response/_generated/fields"
    )


def test_a_header_field_becomes_a_secret_and_a_row(added: tuple[Path, Rendering]) -> None:
    code = """
import hyperhttp
print(hyperhttp.Headers({"X-Session": "abc"}))
"""
    assert run(added[0], code) == "Headers([('x-session', '[secure]')])\n"
    assert "| `X-Session` | Who is logged in." in added[1].files["docs/reference/headers.md"]


def test_a_kind_of_headers_becomes_a_set_and_a_section(added: tuple[Path, Rendering]) -> None:
    code = """
from hyperhttp._base._generated.headers import CACHED, VARYING
print(CACHED, b"x-cache" in VARYING)
"""
    assert run(added[0], code) == "frozenset({b'x-cache'}) True\n"
    section = added[1].files["docs/reference/headers.md"].partition("## Headers of caches\n")[2]
    assert "| `X-Cache` | Whether a cache had the response." in section


def test_a_bound_becomes_a_constant_and_a_row(added: tuple[Path, Rendering]) -> None:
    code = "from hyperhttp._base._generated.bounds import HOP_WAIT_S; print(HOP_WAIT_S)"
    assert run(added[0], code) == "2.5\n"
    row = "| `HOP_WAIT_S` | 2.5 s | How long a hop waits. | Hops are short. |"
    assert row in added[1].files["docs/reference/bounds.md"]


def test_a_method_becomes_idempotent_and_is_retried(added: tuple[Path, Rendering]) -> None:
    code = """
from hyperhttp._base._generated.methods import IDEMPOTENT_METHODS
from hyperhttp.config import RetryPolicy
print("QUERY" in IDEMPOTENT_METHODS, RetryPolicy().methods == IDEMPOTENT_METHODS)
"""
    assert run(added[0], code) == "True True\n"
    assert "QUERY" in added[1].files["docs/reference/config/RetryPolicy.md"]


def test_a_phase_becomes_a_word_of_the_errors(added: tuple[Path, Rendering]) -> None:
    code = "import hyperhttp; print('cache' in hyperhttp.Phase.__args__)"
    assert run(added[0], code) == "True\n"
    schema = json.loads(added[1].files["spec/schema/errors.schema.json"])
    assert "cache" in schema["$defs"]["ErrorTable"]["properties"]["phase"]["enum"]


def test_a_verb_becomes_a_method_with_its_signature(added: tuple[Path, Rendering]) -> None:
    code = f"""{CLIENT}
import asyncio
from hyperhttp.exceptions import ConfigError
print(asyncio.run(Client().trace("/", timeout=5.0))[:2])
try:
    Client().trace("/", json=1)
except ConfigError as error:
    print(error.option)
"""
    assert run(added[0], code).splitlines() == ["('TRACE', '/')", "json"]
    assert "### `Client.trace`" in added[1].files["docs/reference/calls.md"]
    assert "client.trace(" in added[1].files["docs/reference/cheat-sheet.md"]
    assert "async def trace(" in stub(added[1], "_client/_generated/verbs")


def stub(rendering: Rendering, name: str) -> str:
    return rendering.files[f"typings/api/hyperhttp/{name}.pyi"]
