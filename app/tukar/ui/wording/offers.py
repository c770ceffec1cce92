"""Offers, what promotions took off, and why others do not apply, in words with their figures."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from tukar.domain.offer import Benefit, Offer, Reason, WhyNot
from tukar.domain.pricing.result import LineDiscount
from tukar.till.promoting import PromotionRow
from tukar.till.set_deals import SetDeal
from tukar.ui.translations import Language
from tukar.ui.wording.later import QT_TRANSLATE_NOOP

_FREE: Final = (Benefit.FREE_ITEM, Benefit.FREE_FROM_BILL)

_REASONS: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.NEEDS_CUSTOMER: QT_TRANSLATE_NOOP("Reason", "Needs a customer"),
        Reason.NEEDS_POINTS: QT_TRANSLATE_NOOP("Reason", "Needs {points} more points"),
        Reason.NEEDS_AMOUNT: QT_TRANSLATE_NOOP("Reason", "Add {money}"),
        Reason.NEEDS_PIECES: QT_TRANSLATE_NOOP("Reason", "Add {pieces} more"),
        Reason.NEEDS_ITEM: QT_TRANSLATE_NOOP("Reason", "Needs another item"),
        Reason.NEEDS_CODE: QT_TRANSLATE_NOOP("Reason", "Needs a code"),
        Reason.NEEDS_VERIFIED_CODE: QT_TRANSLATE_NOOP("Reason", "Code not verified"),
        Reason.OTHER_GROUP: QT_TRANSLATE_NOOP("Reason", "For another group of customers"),
        Reason.OTHER_TIER: QT_TRANSLATE_NOOP("Reason", "For another tier"),
        Reason.NOT_THIS_ORDER: QT_TRANSLATE_NOOP("Reason", "Not on this order"),
        Reason.NOT_TOGETHER: QT_TRANSLATE_NOOP("Reason", "Not together with {other}"),
        Reason.NOT_YET: QT_TRANSLATE_NOOP("Reason", "Starts {day}"),
        Reason.ENDED: QT_TRANSLATE_NOOP("Reason", "Ended {day}"),
        Reason.OTHER_TIME: QT_TRANSLATE_NOOP("Reason", "At another time"),
        Reason.OTHER_SHOP: QT_TRANSLATE_NOOP("Reason", "In another shop"),
        Reason.OTHER_TENDER: QT_TRANSLATE_NOOP("Reason", "With another way to pay"),
        Reason.USED_UP: QT_TRANSLATE_NOOP("Reason", "Used up"),
        Reason.LIMIT_REACHED: QT_TRANSLATE_NOOP("Reason", "Used as often as allowed"),
        Reason.NOTHING_TO_TAKE_OFF: QT_TRANSLATE_NOOP("Reason", "Nothing to take off here"),
        Reason.ITEM_GONE: QT_TRANSLATE_NOOP("Reason", "Its item is not sold now"),
        Reason.NEEDS_BACKEND: QT_TRANSLATE_NOOP("Reason", "Waits for the line"),
        Reason.DECLINED: QT_TRANSLATE_NOOP("Reason", "Declined on this bill"),
        Reason.SWITCHED_OFF: QT_TRANSLATE_NOOP("Reason", "Taken off this bill"),
    }
)

_BARE: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.NEEDS_POINTS: QT_TRANSLATE_NOOP("Reason", "Needs more points"),
        Reason.NEEDS_AMOUNT: QT_TRANSLATE_NOOP("Reason", "Needs a larger bill"),
        Reason.NEEDS_PIECES: QT_TRANSLATE_NOOP("Reason", "Needs more pieces"),
        Reason.NOT_TOGETHER: QT_TRANSLATE_NOOP("Reason", "Not together with another one"),
        Reason.NOT_YET: QT_TRANSLATE_NOOP("Reason", "Not yet"),
        Reason.ENDED: QT_TRANSLATE_NOOP("Reason", "Ended"),
    }
)
"""What is said where the reason comes without its figure."""


def why_not(why: WhyNot, language: Language, today: date | None = None, item: str = "") -> str:
    """Why a promotion does not apply, with what is missing.

    ``today`` turns a date into "yesterday"; ``item`` names the goods that are missing.
    """
    write = language.format
    if why.reason is Reason.NEEDS_ITEM and item:
        return QCoreApplication.translate("Reason", "Needs {item}").format(item=item)
    known = why.amount or why.points or why.pieces or why.day or why.other
    source = _BARE.get(why.reason, _REASONS[why.reason]) if not known else _REASONS[why.reason]
    if why.reason is Reason.ENDED and why.day is not None and today == why.day + timedelta(days=1):
        return QCoreApplication.translate("Reason", "Ended yesterday")
    return QCoreApplication.translate("Reason", source).format(
        money="" if why.amount is None else write.money(why.amount),
        points="" if why.points is None else write.points(why.points),
        pieces="" if why.pieces is None else write.number(why.pieces),
        day="" if why.day is None else write.day(why.day),
        other="" if why.other is None else language.name(why.other),
    )


def headline(offer: Offer, gift: str, language: Language) -> str:
    """What the offer is, as the cashier says it: ``Use 200 points, save Rp 20.000``."""
    write = language.format
    money = write.money(offer.takes_off)
    points = "" if offer.cost is None else write.points(offer.cost)
    if offer.benefit in _FREE and gift:
        if points:
            return QCoreApplication.translate("Offer", "Use {points} points, {gift} is free").format(
                points=points, gift=gift
            )
        return QCoreApplication.translate("Offer", "{gift} is free").format(gift=gift)
    if points:
        return QCoreApplication.translate("Offer", "Use {points} points, save {money}").format(
            points=points, money=money
        )
    return QCoreApplication.translate("Offer", "{name}, save {money}").format(
        name=language.name(offer.name), money=money
    )


def short_offer(offer: Offer, language: Language) -> str:
    """The offer in the short list beside the bill: what is given for it, else its name."""
    if offer.cost is not None and offer.benefit not in _FREE:
        points = language.format.points(offer.cost)
        return QCoreApplication.translate("Offer", "Use {points} points").format(points=points)
    return language.name(offer.name)


def sub_line(row: PromotionRow, language: Language, today: date | None = None) -> str:
    """What stands under a promotion's name in the sheet."""
    if row.why is not None and not row.ticked:
        return why_not(row.why, language, today, next(iter(row.items), ""))
    if row.instead_of and not row.ticked:
        names = ", ".join(map(language.name, row.instead_of))
        return QCoreApplication.translate("Offer", "Instead of {names}").format(names=names)
    return _gives(row, language)


def _gives(row: PromotionRow, language: Language) -> str:
    points = "" if row.cost is None else language.format.points(row.cost)
    pieces = language.format.number(max(row.free_pieces, 1))
    item = row.items[0] if len(row.items) == 1 else ""
    if row.benefit is None:
        words = ""
    elif row.benefit in _FREE and item and points:
        words = QCoreApplication.translate("Offer", "{points} points for {item}")
    elif row.deal is not None:
        return _deal(row.deal, item, language)
    elif row.benefit in _FREE and item:
        words = QCoreApplication.translate("Offer", "{pieces} free: {item}")
    elif points:
        words = QCoreApplication.translate("Offer", "{points} points off the whole bill")
    elif item:
        words = QCoreApplication.translate("Offer", "On {item}")
    else:
        words = QCoreApplication.translate("Offer", "On the whole bill")
    return words.format(points=points, pieces=pieces, item=item)


def _deal(deal: SetDeal, item: str, language: Language) -> str:
    if deal.with_item:
        return QCoreApplication.translate("Offer", "With {item}").format(item=deal.with_item)
    pieces, paid = language.format.number(deal.pieces), language.format.number(deal.paid)
    if item:
        words = QCoreApplication.translate("Offer", "Buy {pieces}, pay {paid}: {item}")
        return words.format(pieces=pieces, paid=paid, item=item)
    return QCoreApplication.translate("Offer", "Buy {pieces}, pay {paid}").format(pieces=pieces, paid=paid)


def line_reason(discounts: tuple[LineDiscount, ...], language: Language, *, wholly_free: bool) -> str:
    """Why a line of the bill costs less: the promotions' names, and how many pieces are free where not all are."""
    return ", ".join(_one_reason(discount, language, wholly_free=wholly_free) for discount in discounts)


def _one_reason(discount: LineDiscount, language: Language, *, wholly_free: bool) -> str:
    name = language.name(discount.name)
    if not discount.free_pieces or wholly_free:
        return name
    pieces = language.format.number(discount.free_pieces)
    return QCoreApplication.translate("Offer", "{name}: {pieces} free").format(name=name, pieces=pieces)


def nudge(why: WhyNot, language: Language) -> str:
    """What the customer's points are near to: ``26 more points: free coffee``."""
    points = "" if why.points is None else language.format.points(why.points)
    words = QCoreApplication.translate("Offer", "{points} more points: {name}")
    return words.format(points=points, name=inside(language.name(why.name)))


def or_keep(why: WhyNot, language: Language) -> str:
    """What the points could become if they are not used now."""
    points = "" if why.points is None else language.format.points(why.points)
    words = QCoreApplication.translate("Offer", "Or keep them: {points} more points, {name}.")
    return words.format(points=points, name=inside(language.name(why.name)))


def inside(words: str) -> str:
    """Words in the middle of a sentence: the first letter small, unless they begin with a figure or in capitals."""
    first = words.split(" ", 1)[0]
    small = first.isalpha() and first[1:] == first[1:].lower()
    return words[:1].lower() + words[1:] if small else words


def takes_off() -> str:
    """What stands before the amount of an offer that nobody in particular gets."""
    return QCoreApplication.translate("Offer", "Takes off")
