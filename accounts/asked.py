"""Reads what an address or a form asks for: what it asks in vain is left out."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 18  # digits of a row's number


def is_number(text: str) -> bool:
    """Whether a text can be the number of a row."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST


def number(query: QueryDict, name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if is_number(text) else None


def numbers(query: QueryDict, name: str) -> list[str]:
    return [text for text in query.getlist(name) if is_number(text)]


def one_of(query: QueryDict, name: str, known: Iterable[str], usual: str = "") -> str:
    return query[name] if query.get(name) in known else usual


def next_page(request: HttpRequest, usual: str) -> str:
    """Where a form wants to lead back to (`next`), if that is a page of Timone; else the usual one."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else usual
