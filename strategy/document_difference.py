"""What differs between two contents of a strategy, chapter by chapter, in the words of the document."""

from collections.abc import Sequence
from dataclasses import dataclass

from strategy.document_chapters import Chapter, Item, Line
from strategy.text_difference import ADDED, REMOVED, SAME, Piece, words

CHANGED = "changed"


@dataclass(frozen=True)
class LineChange:
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ItemChange:
    """One that was added, removed or changed; of one that was changed, only the lines that differ."""

    title: tuple[Piece, ...]
    state: str
    lines: tuple[LineChange, ...]


@dataclass(frozen=True)
class ChapterChange:
    title: str
    items: tuple[ItemChange, ...]
    moved: bool  # the same items stand in another order


def difference(before: Sequence[Chapter], after: Sequence[Chapter]) -> list[ChapterChange]:
    """The chapters in which anything differs; both have the same chapters in the same language."""
    found = []
    for old, new in zip(before, after, strict=True):
        change = _chapter(old, new)
        if change.items or change.moved:
            found.append(change)
    return found


def _chapter(old: Chapter, new: Chapter) -> ChapterChange:
    was, now = ({item.key: item for item in chapter.items} for chapter in (old, new))
    order = [*now, *(key for key in was if key not in now)]
    items = [_item(was.get(key), now.get(key)) for key in order]
    kept = [[key for key in keys if key in was and key in now] for keys in (was, now)]
    return ChapterChange(new.title, tuple(item for item in items if item.state != SAME), kept[0] != kept[1])


def _item(old: Item | None, new: Item | None) -> ItemChange:
    if old is None or new is None:
        state, one = (ADDED, new) if old is None else (REMOVED, old)
        lines = one.lines if one else ()
        told = tuple(LineChange(line.label, (Piece(state, line.text),)) for line in _marked(one, lines))
        return ItemChange((Piece(state, one.title if one else ""),), state, told)
    lines = tuple(line for line in _lines(old, new) if any(piece.state != SAME for piece in line.pieces))
    title = tuple(words(old.title, new.title))
    return ItemChange(title, CHANGED if lines or old.title != new.title else SAME, lines)


def _marked(item: Item | None, lines: Sequence[Line]) -> list[Line]:
    return [Line("", item.mark), *lines] if item and item.mark else list(lines)


def _lines(old: Item, new: Item) -> list[LineChange]:
    was, now = ({line.label: line.text for line in _marked_apart(item)} for item in (old, new))
    order = [*now, *(label for label in was if label not in now)]
    return [LineChange(label.strip(), tuple(words(was.get(label, ""), now.get(label, "")))) for label in order]


def _marked_apart(item: Item) -> list[Line]:
    """The mark under a label of its own (a blank), beside the text that has none."""
    return [Line(" ", item.mark), *item.lines] if item.mark else list(item.lines)
