"""What changed from one text to another, word by word. Pure."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

SAME, ADDED, REMOVED = "same", "added", "removed"
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """A stretch of text that both have, or one of them."""

    state: str
    text: str


def words(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order; what was removed stands before what took its place.

    >>> [tuple(piece) for piece in words("We roast twice a week.", "We roast every day.")]
    [('same', 'We roast '), ('removed', 'twice a week'), ('added', 'every day'), ('same', '.')]
    """
    pieces = [piece for piece in _changes(_TOKENS.findall(before), _TOKENS.findall(after)) if piece.text]
    return list(_joined(list(_without_islands(pieces))))


def _changes(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(old[a:b]))
        else:
            yield Piece(REMOVED, "".join(old[a:b]))
            yield Piece(ADDED, "".join(new[c:d]))


def _without_islands(pieces: list[Piece]) -> Iterator[Piece]:
    """A space that both texts share between two changed words only tears the sentence apart: it goes with both."""
    for place, piece in enumerate(pieces):
        inside = 0 < place < len(pieces) - 1
        if piece.state == SAME and inside and not piece.text.strip() and "\n" not in piece.text:
            yield Piece(REMOVED, piece.text)
            yield Piece(ADDED, piece.text)
        else:
            yield piece


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbouring changes as one removal and one addition."""
    for is_same, group in groupby(pieces, key=lambda piece: piece.state == SAME):
        found = list(group)
        for state in [SAME] if is_same else [REMOVED, ADDED]:
            text = "".join(piece.text for piece in found if piece.state == state)
            if text:
                yield Piece(state, text)
