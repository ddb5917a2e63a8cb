"""Posts become sums: all that best times read, small, addable, and kept up to date by imports.

One row per week, format, paid, reply and hour of week: how many posts, the sum of y and the sum of y squared,
with y = log(1 + value). Sums of two disjoint sets of posts add up to the sums of their union.
"""

from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

CELLS = 168
KEY = ["week", "format", "paid", "is_reply", "cell"]
COLUMNS = [*KEY, "n", "total", "squares"]
_EPOCH_WEEKDAY = 3  # 1 January 1970 was a Thursday, and weeks begin on Monday


def summarise(posts: pd.DataFrame) -> pd.DataFrame:
    """Reduce posts to sums per week, format, paid, reply and hour of week.

    posts: one row each; published_at (datetime64, wall time of the audience), value (float, at least 0),
    format (str, missing = not told), is_paid (bool), optionally is_reply (bool).
    Returns the columns COLUMNS, sorted by KEY; week is the Monday (datetime64), cell = day * 24 + hour.
    Raises ValueError naming the column and the row.
    """
    seconds = _times(posts).astype("datetime64[s]").astype(np.int64)
    values = np.log1p(_values(posts))
    days = seconds // 86400 + _EPOCH_WEEKDAY
    formats, names = pd.factorize(_column(posts, "format").fillna(""), sort=True)
    codes = {
        "week": days // 7,
        "format": formats.astype(np.int64),
        "paid": _flags(posts, "is_paid").astype(np.int64),
        "is_reply": _flags(posts, "is_reply", default=False).astype(np.int64),
        "cell": days % 7 * 24 + seconds // 3600 % 24,
    }
    sums = _grouped(codes, np.ones(len(values)), values, values * values)
    sums["week"] = ((sums["week"] * 7 - _EPOCH_WEEKDAY) * 86400).astype("datetime64[s]")
    sums["paid"], sums["is_reply"] = sums["paid"] == 1, sums["is_reply"] == 1
    sums["format"] = np.asarray(names, dtype=object)[sums["format"]] if len(names) else np.array([], object)
    return pd.DataFrame({name: sums[name] for name in COLUMNS})


def add(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Add the sums of disjoint sets of posts: the sums of their union."""
    together = pd.concat(list(parts), ignore_index=True)
    return together.groupby(KEY, sort=True, as_index=False)[["n", "total", "squares"]].sum()


def week_numbers(sums: pd.DataFrame) -> Ints:
    """Whole weeks since the first week of 1970 for each row of sums; the column may hold dates or datetime64."""
    column = _column(sums, "week")
    codes, distinct = pd.factorize(column)
    try:
        days = pd.DatetimeIndex(distinct).to_numpy().astype("datetime64[D]").astype(np.int64)
    except (TypeError, ValueError):
        _refuse("week", column.index[0], "is not a date")
    _refuse_where(codes < 0, column, "is missing")
    numbers: Ints = ((days + _EPOCH_WEEKDAY) // 7)[codes]
    return numbers


def check_sums(sums: pd.DataFrame) -> dict[str, npt.NDArray[Any]]:
    """The columns of a frame of sums as arrays; ValueError names the first bad column and row."""
    n = _numbers(sums, "n")
    _refuse_where(~(n >= 1), sums["n"], "is not a count of 1 or more")
    cell = _numbers(sums, "cell")
    _refuse_where(~np.isin(cell, np.arange(CELLS)), sums["cell"], "is not one of 0 to 167")
    total, squares = _numbers(sums, "total"), _numbers(sums, "squares")
    _refuse_where(~np.isfinite(total), sums["total"], "is not a finite number")
    _refuse_where(~np.isfinite(squares), sums["squares"], "is not a finite number")
    return {
        "week": week_numbers(sums),
        "format": np.asarray(_column(sums, "format").fillna(""), dtype=object),
        "paid": _flags(sums, "paid"),
        "is_reply": _flags(sums, "is_reply"),
        "cell": cell.astype(np.int64),
        "n": n,
        "total": total,
        "squares": squares,
    }


def counted(codes: Ints, weights: Floats, length: int) -> Floats:
    """The sum of the weights for each code from 0 to length - 1."""
    return np.asarray(np.bincount(codes, weights, minlength=length), dtype=np.float64)


def _grouped(codes: dict[str, Ints], *weights: Floats) -> dict[str, npt.NDArray[Any]]:
    """Group by the codes (mixed-radix key, one sort) and sum the weights."""
    key = np.zeros(len(weights[0]), dtype=np.int64)
    bases: dict[str, tuple[int, int]] = {}
    for name, code in codes.items():
        low = int(code.min(initial=code[0])) if len(code) else 0
        span = int(code.max(initial=low)) - low + 1 if len(code) else 1
        bases[name] = (low, span)
        key = key * span + (code - low)
    distinct, group = np.unique(key, return_inverse=True)
    sums = [np.bincount(group, weight, minlength=len(distinct)) for weight in weights]
    found: dict[str, npt.NDArray[Any]] = {"n": sums[0].astype(np.int64), "total": sums[1], "squares": sums[2]}
    for name, (low, span) in reversed(bases.items()):
        found[name] = distinct % span + low
        distinct = distinct // span
    return found


def _times(posts: pd.DataFrame) -> npt.NDArray[Any]:
    column = _column(posts, "published_at")
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        _refuse("published_at", "all", "carries a time zone; convert it with to_wall_time first")
    if not pd.api.types.is_datetime64_dtype(column.dtype):
        if len(column):
            _refuse("published_at", column.index[0], "is not a datetime64 wall time")
        return np.array([], dtype="datetime64[s]")
    _refuse_where(column.isna().to_numpy(), column, "is missing")
    return np.asarray(column.to_numpy())


def _values(posts: pd.DataFrame) -> Floats:
    values = _numbers(posts, "value")
    _refuse_where(~np.isfinite(values), posts["value"], "is not a finite number; leave out posts without a figure")
    _refuse_where(values < 0, posts["value"], "is below 0")
    return values


def _numbers(frame: pd.DataFrame, name: str) -> Floats:
    column = _column(frame, name)
    numbers: Floats = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    _refuse_where(np.isnan(numbers) & column.notna().to_numpy(), column, "is not a number")
    return numbers


def _flags(frame: pd.DataFrame, name: str, *, default: bool | None = None) -> npt.NDArray[np.bool_]:
    if default is not None and name not in frame.columns:
        return np.full(len(frame), default)
    column = _column(frame, name)
    if column.dtype == bool:
        return np.asarray(column.to_numpy())
    _refuse_where(~column.isin([True, False]).to_numpy(), column, "is neither true nor false")
    return np.asarray(column.to_numpy().astype(bool))


def _column(frame: pd.DataFrame, name: str) -> "pd.Series[Any]":
    if name not in frame.columns:
        raise ValueError(f"column {name!r} is missing")
    column: pd.Series[Any] = frame[name]
    return column


def _refuse_where(bad: npt.NDArray[np.bool_], column: "pd.Series[Any]", reason: str) -> None:
    if bad.any():
        row = int(np.argmax(bad))
        _refuse(str(column.name), column.index[row], f"{reason} (it is {column.iloc[row]!r})")


def _refuse(name: str, row: object, reason: str) -> NoReturn:
    raise ValueError(f"column {name!r}, row {row!r}: {reason}")
