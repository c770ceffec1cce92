"""Coupons that a bill gave for a later one, as messages. Whoever has the code has the coupon: no log shows it."""

from datetime import date

from tukar.domain.receipt import ReceiptCoupon
from tukar.wire.amounts import Code, WireName, name_of, wire_name
from tukar.wire.message import Message


class WireCouponGiven(Message):
    """A coupon for a later bill."""

    code: Code
    name: WireName
    last_day: date | None = None

    def __repr__(self) -> str:
        return "WireCouponGiven()"


def wire_coupon(coupon: ReceiptCoupon) -> WireCouponGiven:
    return WireCouponGiven(code=coupon.code, name=wire_name(coupon.name), last_day=coupon.last_day)


def coupon_of(message: WireCouponGiven) -> ReceiptCoupon:
    return ReceiptCoupon(message.code, name_of(message.name), message.last_day)
