"""What can be wrong with a cell or with a file."""

from typing import Any

from analytics.formats.messages import word


class CellError(ValueError):
    """A cell cannot be taken; its whole row is rejected."""

    def __init__(self, column: str, value: str, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.column, self.value, self.code, self.facts = column, value, code, facts


class FileError(ValueError):
    """The file as a whole cannot be taken; `code` and `facts` make the sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts

    def __str__(self) -> str:
        return word(self.code, self.facts)


class Unreadable(FileError):
    """It is no table: empty, damaged, protected, or something else altogether."""


class UnknownFormat(FileError):
    """It is a table, but of no format that is read; `nearest` is the Format it resembles most, if any."""

    def __init__(self, code: str, nearest: Any = None, **facts: Any) -> None:
        super().__init__(code, **facts)
        self.nearest = nearest
