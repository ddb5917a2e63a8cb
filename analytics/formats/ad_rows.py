"""What all reports of ads have in common: rows that stand twice, and what tells rows of one name apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b


class Repeats:
    """Remembers the rows of a report by digests: a year of ads by day, age and placement has a million of them."""

    def __init__(self) -> None:
        self.count = 0
        self._seen: set[bytes] = set()
        self._same: Counter[bytes] = Counter()

    def is_one(self, cells: list[str]) -> bool:
        """Whether a row stood in the file before, letter for letter; it is counted."""
        row = _digest(cells)
        if row in self._seen:
            self.count += 1
            return True
        self._seen.add(row)
        return False

    def external_id(self, number: str, breakdown: Iterable[str], names: Iterable[str], *days: date) -> str:
        """The platform's number with the breakdown; without a number, the count of equal names tells rows apart."""
        parts = [number, *breakdown]
        key = _digest([*parts, *names, *(day.isoformat() for day in days)])
        self._same[key] += 1
        if self._same[key] > 1:
            parts.append(f"#{self._same[key]}")
        return "|".join(part for part in parts if part)


def _digest(texts: list[str]) -> bytes:
    return blake2b("\0".join(texts).encode(), digest_size=16).digest()
