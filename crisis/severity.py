"""Which level impact and spread call for. Pure."""

LEVELS = (0, 1, 2, 3)
STEPS = (1, 2, 3, 4)
# Rows: impact from an annoyance to harm; columns: spread from a few comments to national media.
MATRIX = ((0, 0, 1, 2), (0, 1, 2, 2), (1, 2, 2, 3), (2, 2, 3, 3))
# What counts at least as much, however small it looks.
FLOORS = {"harm": 3, "minors": 3, "data": 3, "lawyer": 2, "journalist": 2, "conduct": 2}


def level(impact: int, spread: int, *grave: str) -> int:
    """The level of the matrix, raised to the floor of whatever grave thing is at stake.

    >>> level(2, 3), level(1, 1, "minors")
    (2, 3)
    """
    return max([MATRIX[impact - 1][spread - 1], *(FLOORS[each] for each in grave)])
