"""Made-up post histories with a known truth."""

import numpy as np
import pandas as pd

MONDAY = pd.Timestamp("2024-01-01")
HOUR, DAY = np.arange(168) % 24, np.arange(168) // 24


def evening(amplitude: float) -> np.ndarray:
    """A log lift that peaks at 19:00 every day, mean 0 over the week."""
    return amplitude * np.cos(2 * np.pi * (HOUR - 19) / 24)


def history(n: int, truth: np.ndarray, seed: int, *, weeks: int = 12, noise: float = 1.0) -> pd.DataFrame:
    """n posts at random times; log value = 6 + truth[cell] + normal noise."""
    rng = np.random.default_rng(seed)
    times = np.sort(rng.integers(0, weeks * 7 * 24 * 60, n))
    cell = times // 60 % 168
    return pd.DataFrame(
        {
            "published_at": MONDAY + pd.to_timedelta(times, unit="m"),
            "value": np.expm1(np.maximum(6 + truth[cell] + rng.normal(0, noise, n), 0)),
            "format": rng.choice(["photo", "video", "link"], n),
            "is_paid": rng.random(n) < 0.1,
        }
    )
