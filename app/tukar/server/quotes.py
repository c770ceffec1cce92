"""Quotes: what the backend makes of a bill in hand; nothing is reserved, a dishonest or outdated till is refused."""

from tukar.domain.redemption import Counted, Refusal
from tukar.server import members, programmes, reckoning, shops, uses
from tukar.server.call import Call, Versions
from tukar.server.refusing import Refused
from tukar.wire.amounts import wire_currency, wire_points
from tukar.wire.redemptions import WireQuote, WireQuoteAnswer, wire_counted


def quote(call: Call, message: WireQuote) -> WireQuoteAnswer:
    """Refused(RULES_CHANGED) or (PRICES_CHANGED) when the till reckons with others than those in force."""
    shop = shops.load(call)
    if message.programme_version != shop.programme_version:
        raise Refused(Refusal.RULES_CHANGED)
    programme = programmes.current(call, shop)
    customer = None
    if message.basket.member_id:
        row = members.required(call, message.basket.member_id)
        customer = members.account(call, shop, programme, row)
    bill = reckoning.basket_bill(call, shop, message.basket, customer)
    versions = Versions(shop.programme_version, shop.catalogue_version)
    left = uses.standing(call, programme, bill, shop.today(call.now))
    priced = reckoning.reckon_with(call, shop, bill, versions, call.now, left)
    counted = Counted(left.uses, left.uses_today, left.budget_used, left.cards)
    balances = customer.balances if customer is not None else ()
    return WireQuoteAnswer(
        currency=wire_currency(shop.currency),
        total=priced.total.decimal(),
        discount=priced.discount.decimal(),
        spent=wire_points({moved.programme_id: moved.points for moved in priced.spent}),
        earned=wire_points({moved.programme_id: moved.points for moved in priced.earned}),
        available=wire_points({balance.programme_id: balance.available for balance in balances}),
        programme_version=shop.programme_version,
        catalogue_version=shop.catalogue_version,
        **wire_counted(counted),
    )
