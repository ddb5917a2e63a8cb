"""What sets posts apart: the effect of each trait on a figure, all traits at once. Pure; numpy and pandas only.

`fit(posts)` answers with an `Effects`: per dimension and level the difference from the brand's typical post, other
things equal, with a 90 % interval; which differences may be put into sentences; what would be needed to tell the
others; posts far from what was to be expected; the three best and worst with what they share. The method and how
well it holds stand in docs/effects.md.
"""

from analytics.effects.design import DIMENSIONS
from analytics.effects.fitting import fit
from analytics.effects.packed import pack, unpack
from analytics.effects.result import Dimension, Effects, Level, Notable, as_json
from analytics.effects.traits import traits

__all__ = [
    "DIMENSIONS",
    "Dimension",
    "Effects",
    "Level",
    "Notable",
    "as_json",
    "fit",
    "pack",
    "traits",
    "unpack",
]
