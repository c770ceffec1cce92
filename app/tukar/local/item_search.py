"""How typed text becomes a search for items, and where it matched their names."""

import unicodedata
from typing import Final

TEXT_AT_MOST: Final = 64
"""Longer texts are cut: nobody types them, and a scanner that repeats itself must not cost time."""

LAST: Final = "\U0010ffff"
"""Sorts behind every text that begins with what stands before it."""

_WORD_CATEGORIES: Final = frozenset({"Mn", "Mc", "Co"})


def _belongs_to_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category in _WORD_CATEGORIES


def words_with_places(text: str) -> list[tuple[int, str]]:
    """The words of ``text`` and where each begins, cut as the index cuts them: letters, digits and their marks."""
    found: list[tuple[int, str]] = []
    start: int | None = None
    for place, character in enumerate(f"{text} "):
        if _belongs_to_word(character):
            start = place if start is None else start
        elif start is not None:
            found.append((start, text[start:place]))
            start = None
    return found


def folded(word: str) -> str:
    """Without case and diacritics: ``Crème`` is found by ``creme``."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def prefix_query(text: str) -> str:
    """What the index is asked: every word, each as the beginning of one in the name; empty when there is none."""
    return " ".join(f'"{word}"*' for _, word in words_with_places(text[:TEXT_AT_MOST]))


def matched_places(name: str, text: str) -> tuple[tuple[int, int], ...]:
    """(start, length) of the beginnings of words in ``name`` that the words of ``text`` matched, in order."""
    typed = {folded(word): len(word) for _, word in words_with_places(text[:TEXT_AT_MOST])}
    found: list[tuple[int, int]] = []
    for start, word in words_with_places(name):
        plain = folded(word)
        lengths = [length for beginning, length in typed.items() if beginning and plain.startswith(beginning)]
        if lengths:
            found.append((start, min(max(lengths), len(word))))
    return tuple(found)
