"""Request arguments of the command line: method, URL, headers, body and credentials."""

from __future__ import annotations

import json
import re
import sys
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from hyperhttp import BasicAuth, BearerAuth, DigestAuth, Headers, NetRCAuth
from hyperhttp._cli.exit_codes import UsageError, print_note
from hyperhttp._cli.items import Items, Verbatim, header, pair, read_form, read_items, text_of
from hyperhttp._cli.secrets import ask, secret

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from hyperhttp import Auth, Client, ProgressCallback, Request, RequestOptions
    from hyperhttp._cli.options import ParsedArguments
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.request.multipart import FileInput
    from hyperhttp._message.request.raw_body import ContentInput

__all__ = ["RequestArguments", "auth_of", "build", "read_request"]

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
_METHOD: Final = re.compile(r"[A-Z][A-Z-]*")


@dataclass(frozen=True, slots=True)
class Values:
    """A JSON body from values."""

    value: JSONInput


@dataclass(frozen=True, slots=True)
class Form:
    """A form body, multipart if there are files."""

    fields: list[tuple[str, str]]
    files: list[tuple[str, FileInput]]


@dataclass(frozen=True, slots=True)
class Raw:
    """A raw body, and its default Content-Type."""

    content: ContentInput
    content_type: str | None = None


Body: TypeAlias = Values | Form | Raw


@dataclass(frozen=True, slots=True)
class RequestArguments:
    """The arguments of a request."""

    method: str
    url: str
    headers: Headers
    params: list[tuple[str, str]] = field(default_factory=list["tuple[str, str]"])
    cookies: list[tuple[str, str]] = field(default_factory=list["tuple[str, str]"])
    body: Body | None = None


def read_request(args: ParsedArguments, files: ExitStack) -> RequestArguments:
    """Return the request of the command line; `files` closes opened files. Raises UsageError."""
    method, url, words = _target(args)
    items = read_items(words)
    body = _body(args, items, files)
    headers = Headers([*map(header, args.headers), *items.headers])
    if isinstance(body, Raw) and body.content_type and "content-type" not in headers:
        headers["Content-Type"] = body.content_type
    return RequestArguments(
        method=method or _default_method(args, body),
        url=url,
        headers=headers,
        params=[*(pair(text, "-q") for text in args.params), *items.params],
        cookies=[pair(text, "-b") for text in args.cookies],
        body=body,
    )


def build(
    client: Client, request_args: RequestArguments, on_upload: ProgressCallback | None
) -> Request:
    """Build the request with `client`. Raises what `build_request` raises."""
    method, url = request_args.method, request_args.url
    options: RequestOptions = {
        "headers": request_args.headers,
        "params": request_args.params,
        "cookies": request_args.cookies,
    }
    match request_args.body:
        case None:
            return client.build_request(method, url, **options)
        case Values(value):
            return client.build_request(method, url, json=value, on_upload=on_upload, **options)
        case Raw(content):
            return client.build_request(
                method, url, content=content, on_upload=on_upload, **options
            )
        case Form(fields, []):
            return client.build_request(method, url, data=fields, on_upload=on_upload, **options)
        case Form(fields, files):
            return client.build_request(
                method, url, data=fields, files=files, on_upload=on_upload, **options
            )
        case _:
            assert_never(request_args.body)


def _target(args: ParsedArguments) -> tuple[str | None, str, list[str]]:
    """Return the method if one is given, the URL, and the items after it."""
    words, method = args.words, args.method
    if method is None and len(words) > 1 and _METHOD.fullmatch(words[0]):
        method, *words = words
    if not words:
        raise UsageError("the URL is missing; for help, run hyperhttp --help")
    url, *words = words
    return method, url, words


def _default_method(args: ParsedArguments, body: Body | None) -> str:
    if args.head:
        return "HEAD"
    if body is None:
        return "GET"
    return "POST" if args.upload is None else "PUT"


def _body(args: ParsedArguments, items: Items, files: ExitStack) -> Body | None:
    form = read_form(args.form)
    makers: dict[str, Callable[[], Body]] = {}
    if args.data:
        makers["-d"] = lambda: _data(args.data, files)
    if args.json is not None:
        makers["--json"] = lambda: _json(args.json or "", files)
    if args.upload is not None:
        makers["-T"] = lambda: Raw(_opened(args.upload or "", files))
    if args.form or items.files:
        makers["-F" if args.form else "name@file"] = lambda: _multipart(items, form)
    elif items.fields:
        makers["name=value"] = lambda: _fields(items, as_form=args.as_form)
    if len(makers) > 1:
        raise UsageError(f"a request has only one body, but you passed {' and '.join(makers)}")
    return next((make() for make in makers.values()), None)


def _fields(items: Items, *, as_form: bool) -> Body:
    if as_form:
        return Form(_as_texts(items), [])
    return Values(dict(items.fields))


def _multipart(items: Items, form: Items) -> Body:
    fields = [*_as_texts(items), *_as_texts(form)]
    files: list[tuple[str, FileInput]] = [*items.files, *form.files]
    if files:
        return Form(fields, files)
    # curl sends -F as multipart even without files.
    return Form([], [(name, (None, value)) for name, value in fields])


def _as_texts(items: Items) -> list[tuple[str, str]]:
    return [
        (name, value if isinstance(value, str) else json.dumps(value))
        for name, value in items.fields
    ]


def _data(texts: list[str], files: ExitStack) -> Body:
    if len(texts) == 1 and _names_file(texts[0]):
        return Raw(content=_opened(texts[0][1:], files), content_type=FORM)
    joined = "&".join(text_of(one[1:]) if _names_file(one) else one for one in texts)
    return Raw(content=joined.encode(), content_type=FORM)


def _netrc_auth(file: str | None) -> NetRCAuth:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        auth = NetRCAuth(file)
    for warning in caught:
        print_note(str(warning.message))
    return auth


def _names_file(text: str) -> bool:
    return text.startswith("@") and not isinstance(text, Verbatim)


def _json(text: str, files: ExitStack) -> Body:
    if text.startswith("@"):
        return Raw(content=_opened(text[1:], files), content_type=JSON)
    try:
        json.loads(text)
    except ValueError as error:
        raise UsageError(f"invalid JSON in --json {text!r}: {error}") from error
    return Raw(content=text.encode(), content_type=JSON)


def _opened(path: str, files: ExitStack) -> ContentInput:
    """Open a file that is read while it is sent; `-` is stdin."""
    if path == "-":
        return sys.stdin.buffer
    try:
        return files.enter_context(Path(path).open("rb"))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error


def auth_of(args: ParsedArguments) -> Auth | None:
    """Return the credentials. Raises UsageError, and ConfigError for an unreadable netrc file."""
    ways = {
        "-u": args.user is not None,
        "--bearer": args.bearer is not None,
        "--netrc": args.netrc or args.netrc_file is not None,
    }
    given = [flag for flag, is_given in ways.items() if is_given]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} can't be combined")
    if args.digest and args.user is None:
        raise UsageError("--digest requires -u USER:PASSWORD")
    if args.bearer is not None:
        return BearerAuth(secret(args.bearer, "token"))
    if args.user is not None:
        user, password = _credentials(args.user)
        return DigestAuth(user, password) if args.digest else BasicAuth(user, password)
    return _netrc_auth(args.netrc_file) if given else None


def _credentials(text: str) -> tuple[str, str]:
    if text.startswith("env:"):
        text = secret(text, "user:password")
    user, colon, password = text.partition(":")
    return user, secret(password, f"password of {user}") if colon else ask(f"password of {user}")
