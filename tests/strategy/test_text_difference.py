"""What changed from one text to another, word by word."""

import random
from itertools import pairwise

import pytest

from strategy.text_difference import ADDED, REMOVED, SAME, Piece, words


def test_a_changed_word_stands_beside_the_one_it_replaces():
    assert words("We post on Mondays.", "We post on Fridays.") == [
        Piece(SAME, "We post on "),
        Piece(REMOVED, "Mondays"),
        Piece(ADDED, "Fridays"),
        Piece(SAME, "."),
    ]


def test_words_that_changed_in_a_row_stay_together():
    assert words("the old small shop", "the new large shop") == [
        Piece(SAME, "the "),
        Piece(REMOVED, "old small"),
        Piece(ADDED, "new large"),
        Piece(SAME, " shop"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("same", "same", [Piece(SAME, "same")]),
        ("", "new", [Piece(ADDED, "new")]),
        ("old", "", [Piece(REMOVED, "old")]),
    ],
)
def test_nothing_is_invented_at_the_ends(before, after, expected):
    assert words(before, after) == expected


@pytest.mark.parametrize("seed", range(30))
def test_the_pieces_give_both_texts_back(seed):
    rng = random.Random(seed)
    vocabulary = ["caffè", "bar", "la", "mattina", ",", ".", "\n", "è", "30 %"]
    before, after = (" ".join(rng.choices(vocabulary, k=rng.randint(0, 30))) for _ in range(2))
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.state != ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.state != REMOVED) == after
    assert all(a.state != b.state for a, b in pairwise(pieces))
