"""The numbers that platforms give to posts. Most of them hold the time of publishing, as the real ones do."""

from datetime import UTC, datetime

import numpy as np

BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
BASE62 = BASE64[:62]
X_EPOCH_MS = 1_288_834_974_657
INSTAGRAM_EPOCH_MS = 1_314_220_021_721


def milliseconds(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() * 1000)


def x_id(moment: datetime, rng: np.random.Generator) -> str:
    return str(((milliseconds(moment) - X_EPOCH_MS) << 22) | _bits(rng, 22))


def linkedin_id(moment: datetime, rng: np.random.Generator) -> str:
    return str((milliseconds(moment) << 22) | _bits(rng, 22))


def tiktok_id(moment: datetime, rng: np.random.Generator) -> str:
    return str((milliseconds(moment) // 1000 << 32) | _bits(rng, 32))


def instagram_shortcode(moment: datetime, rng: np.random.Generator) -> str:
    """The eleven letters of an Instagram link: milliseconds in the upper bits, written in base 64."""
    number, letters = ((milliseconds(moment) - INSTAGRAM_EPOCH_MS) << 23) | _bits(rng, 23), ""
    for _ in range(11):
        number, rest = divmod(number, 64)
        letters = BASE64[rest] + letters
    return letters


def meta_id(moment: datetime, rng: np.random.Generator, *, lead: str) -> str:
    """Facebook and Instagram number posts without telling the time; they only grow."""
    return f"{lead}{milliseconds(moment) // 60_000 % 10**8:08d}{_bits(rng, 23) % 10**7:07d}"


def letters(rng: np.random.Generator, count: int, alphabet: str = BASE64) -> str:
    return "".join(alphabet[int(n)] for n in rng.integers(len(alphabet), size=count))


def _bits(rng: np.random.Generator, count: int) -> int:
    return int(rng.integers(1 << count))
