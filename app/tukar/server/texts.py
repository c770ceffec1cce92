"""What customers read in messages, in the languages of the shops."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_CODE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "{code} is your code for {points} points at {shop}. Tell it only to the cashier in front of you.",
        "id": "{code} adalah kode Anda untuk {points} poin di {shop}. Sebutkan hanya kepada kasir di depan Anda.",
        "hi": "{shop} में {points} पॉइंट के लिए आपका कोड {code} है। इसे केवल सामने वाले कैशियर को बताएँ।",
    }
)
_TAKEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "{points} points were used at {shop}. You have {left} left.",
        "id": "{points} poin dipakai di {shop}. Sisa poin Anda {left}.",
        "hi": "{shop} में {points} पॉइंट इस्तेमाल हुए। आपके पास {left} बचे हैं।",
    }
)


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language.partition("-")[0].lower(), texts["en"])


def code_message(language: str, *, code: str, points: str, shop: str) -> str:
    return _in(_CODE, language).format(code=code, points=points, shop=shop)


def taken_message(language: str, *, points: str, left: str, shop: str) -> str:
    return _in(_TAKEN, language).format(points=points, left=left, shop=shop)
