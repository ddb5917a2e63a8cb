"""The posts of a fit as bytes, so that a report can be opened to its posts and computed again years later."""

import io

import numpy as np
import pandas as pd

from analytics.effects.design import DIMENSIONS

NOT_TOLD = "\x00"


def pack(posts: pd.DataFrame) -> bytes:
    """`posts` as `fit` takes it: numbers as they are, each dimension as levels and the place of each post's."""
    parts = {
        "post": posts["post"].to_numpy(dtype=np.int64),
        "day": posts["day"].to_numpy(dtype=np.int32),
        "value": posts["value"].to_numpy(dtype=np.float64),
    }
    for name in _told(posts):
        codes, levels = pd.factorize(posts[name].fillna(NOT_TOLD), sort=True)
        parts[f"codes {name}"] = codes.astype(np.uint16)
        parts[f"levels {name}"] = np.array([str(level) for level in levels], dtype=np.str_)
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **parts)
    return out.getvalue()


def _told(posts: pd.DataFrame) -> list[str]:
    return [name for name in DIMENSIONS if name in posts.columns]


def unpack(stored: bytes) -> pd.DataFrame:
    """The posts that `pack` stored."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as parts:
        found = {name: parts[name] for name in ("post", "day", "value")}
        for name in DIMENSIONS:
            if f"codes {name}" in parts:
                # numpy cuts zeros at the end of a text, so that "not told" is the empty one here
                levels = np.array([str(level) or None for level in parts[f"levels {name}"]], dtype=object)
                found[name] = levels[parts[f"codes {name}"]] if len(levels) else np.array([], dtype=object)
    return pd.DataFrame(found)
