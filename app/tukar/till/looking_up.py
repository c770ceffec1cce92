"""Looking a customer up by whatever they gave: a mobile number, a card or a name, told apart by its letters."""

from dataclasses import dataclass

from tukar.domain.people import LoyaltyAccount
from tukar.till.mobiles import Mobile, MobileTrouble, NotMobileError, looks_like_number, read_mobile
from tukar.till.ports import FindBy, LoyaltyBackend


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking somebody up brought: ``trouble`` where the text is no number, so that nobody was asked."""

    by: FindBy = FindBy.MOBILE
    accounts: tuple[LoyaltyAccount, ...] = ()
    mobile: Mobile | None = None
    trouble: MobileTrouble | None = None


def look_up(backend: LoyaltyBackend, text: str, country: str) -> Looked:
    """Whoever ``text`` means; for the background, because it asks the backend. Raises what the backend raises."""
    by = meant(text)
    if by is not FindBy.MOBILE:
        return Looked(by, backend.find_members(by, text))
    try:
        mobile = read_mobile(text, country)
    except NotMobileError as no_mobile:
        return Looked(trouble=no_mobile.trouble) if _surely_mobile(text) else look_up_card(backend, text)
    found = backend.find_members(by, mobile.e164)
    return Looked(by, found, mobile) if found or _surely_mobile(text) else look_up_card(backend, text)


def look_up_card(backend: LoyaltyBackend, text: str) -> Looked:
    """Whoever has the card; a number may have been typed in groups."""
    card = "".join(filter(str.isdigit, text)) if looks_like_number(text) else text.strip()
    return Looked(FindBy.CARD, backend.find_members(FindBy.CARD, card))


def meant(text: str) -> FindBy:
    """What the text is: digits are a mobile number, letters with digits a card, else a name."""
    if looks_like_number(text):
        return FindBy.MOBILE
    return FindBy.CARD if any(map(str.isdigit, text)) and " " not in text.strip() else FindBy.NAME


def _surely_mobile(text: str) -> bool:
    # Cards begin with any digit, numbers as people say them with a zero or a plus.
    return text.strip()[0] in "0+"
