"""Banned words and patterns, and the texts in which they're looked for: prose, spec, code."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from typing import TYPE_CHECKING, NamedTuple, cast

from tests.repo.trees import name_in, python_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS_MAX = 25

# The pattern, and the words to write instead. Patterns with capitals match those only.
TERMS = {
    r"answer(?:s|ed|ing)?": "response, responded",
    r"(?:ask|asks|asked|send|sends|sent|sending) again": "retry, retried",
    r"do(?:es|ing)? no harm|harmless|(?:be )?harmed": "safe to retry, idempotent, no effect",
    r"tells?|told|telling": "returns, reports, is called with",
    r"says?|said|saying": "returns, reports, contains",
    r"knows|knew": "has, contains, supports",
    r"stands?|stood|lies|lay": "is, is stored, applies",
    r"comes with|came with": "includes, has",
    r"go(?:es|ing)? on|gone on|went on": "continues, resumes",
    r"whoever|nobody|everybody|anybody|somebody": "you, the caller, no client",
    r"(?<!certificate )authorities|(?:private|unknown) authority": "certificate authority, CA",
    r"facts?": "attributes",
    r"(?<!there )(?:is|are) no": "isn't a, aren't",
    r"by (?:HTTP/[12]|TLS)|speaks?|spoken|spoke": "over HTTP/2, over TLS, used, negotiated",
    r"kept connections?|in line": "pooled or idle connection, queued",
    r"mend(?:s|ed|ing)?|defects?": "fix, bug",
    r"(?<!no )codings?": "content encoding",
    r"(?<!decompression )bombs?": "decompression bomb",
    r"interim": "informational (1xx)",
    r"folders?|misspelt": "directory, misspelled",
    r"the (?:law|lane|border|vessel|torrent|ledger)": "the class by its present name",
    r"for ever|handed over|hands? over|hands? back|gone out|go out": "forever, returned, sent",
    r"given back|gives? up|gave up|given up": "returned, stopped, ended",
    r"dialled|serialise[ds]?|behaviour|honour(?:s|ed)?|cancelled": "US spelling",
    r"flickers?|goes astray|gone astray|rightly|for want of|as it were": "a plain phrase",
    r"of (?:its|your|their|our) own": "your, its, separate, custom",
    r"things? (?:of|that)|the like|and so on|as (?:they|it) c[ao]mes?": "a plain phrase",
}
BANNED = [
    (re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), instead)
    for pattern, instead in TERMS.items()
]
# Apart, because HEAD and `.head()` are methods, `/head` is a path and 'head' a value.
BANNED.append((re.compile(r"(?<![\w/'.-])[Hh]eads?(?![\w-])"), "response headers, status line"))
ANY_BANNED = re.compile("|".join(f"(?:{p.pattern})" for p, _ in BANNED), re.IGNORECASE)
FIRST_WORD = re.compile(r"(?:^|(?<=[.!?] ))(?:What|Whether|Who|Whoever|One)\b(?!-)")
# Keys of spec/*.toml that hold prose.
PROSE_KEYS = frozenset(
    {"doc", "why", "none", "hint", "message", "raised_when", "causes", "retried", "title"}
    | {"advice", "condition", "merge", "reason", "returns", "raises", "note", "text"}
)
FENCE = re.compile(r"^( *)(`{3,}|~{3,}).*?^ *\2 *$", re.MULTILINE | re.DOTALL)
CODE = re.compile(
    r"``.+?``|`[^`\n]*`|<[^>\n]*>|\]\([^)\n]*\)|\{[^}\n]*\}|^\s*>>> .*$", re.MULTILINE
)
SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n\s*\n|\n\s*[-*] |\n\s*\d+\. ")
SECTION = re.compile(r"^\s*(?:Args|Returns|Raises|Example|Examples|Yields):\s*$", re.MULTILINE)


class Text(NamedTuple):
    """A text, the place where it begins, and whether it consists of whole sentences."""

    file: str
    line: int
    text: str
    sentences: bool = False


def findings(text: Text) -> list[str]:
    """Return what the writing guide forbids in a text, each with its file and line."""
    prose = CODE.sub(_blank, text.text)
    found = list[str]()
    # Most texts have none, and one search finds that out.
    for pattern, instead in BANNED if ANY_BANNED.search(prose) else ():
        found += [
            f"{_at(text, hit.start())}{hit[0]!r}: write {instead}"
            for hit in pattern.finditer(prose)
        ]
    if text.sentences:
        found += [
            f"{_at(text, hit.start())}a sentence begins with {hit[0]!r}"
            for hit in FIRST_WORD.finditer(prose)
        ]
        found += _long_sentences(text)
    return found


def spec_texts(root: Path) -> Iterator[Text]:
    """Yield comments and prose of spec/*.toml; the line is where the text first occurs."""
    for path in sorted((root / "spec").glob("*.toml")):
        source = path.read_text(encoding="utf-8")
        for number, line in enumerate(source.splitlines(), 1):
            if line.startswith("#"):
                yield Text(name_in(root, path), number, line)
        for text in _prose(tomllib.loads(source)):
            first = text.strip().split("\n")[0].replace('"', '\\"')
            position = max(source.find(first), 0)
            yield Text(
                name_in(root, path), source.count("\n", 0, position) + 1, text, sentences=True
            )


def page_texts(root: Path) -> Iterator[Text]:
    """Yield the paragraphs, headings and table rows of each Markdown page, without its code."""
    for path in sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")]):
        source = FENCE.sub(_blank, path.read_text(encoding="utf-8"))
        line = 1
        for block in re.split(r"(\n\s*\n)", source):
            if block.strip():
                table = block.lstrip().startswith(("|", "<", "!["))
                yield Text(name_in(root, path), line, block, sentences=not table)
            line += block.count("\n")


def code_texts(root: Path) -> Iterator[Text]:
    """Yield docstrings, messages and comments of the package and of the generator."""
    for path in python_files(root, "hyperhttp", "codegen"):
        name = name_in(root, path)
        source = path.read_text(encoding="utf-8")
        yield from _strings(name, ast.parse(source))
        yield from _comments(name, source)


def _strings(name: str, tree: ast.Module) -> Iterator[Text]:
    docstrings = set[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docstrings.add(id(node.value))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            text = SECTION.sub("\n", node.value)
            yield Text(name, node.lineno, text, sentences=id(node) in docstrings)


def _comments(name: str, source: str) -> Iterator[Text]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield Text(name, token.start[0], token.string)


def _prose(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for inner, item in cast("dict[str, object]", value).items():
            yield from _prose(item, inner)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _prose(item, key)
    elif isinstance(value, str) and key in PROSE_KEYS:
        yield value


def _long_sentences(text: Text) -> Iterator[str]:
    for sentence in SENTENCE.split(CODE.sub("code", text.text)):
        words = [word for word in sentence.split() if any(map(str.isalnum, word))]
        # A list of names isn't a sentence.
        is_list = sum(word.startswith("code") for word in words) > len(words) / 2
        if len(words) > WORDS_MAX and "|" not in sentence and not is_list:
            start = max(text.text.find(" ".join(words[:2])), 0)
            begin = " ".join(words[:6])
            yield f"{_at(text, start)}a sentence has {len(words)} words: {begin!r}"


def _at(text: Text, start: int) -> str:
    return f"{text.file}:{text.line + text.text.count(chr(10), 0, start)}: "


def _blank(hit: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", hit[0])
