"""Marks a sentence for the translators where it stands in a table and is translated only when it is read."""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """``text`` itself. The name is what Qt's tools look for; Qt's own function of this name has no types."""
    return text
