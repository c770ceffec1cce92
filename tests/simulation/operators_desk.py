"""What an operator reads and writes beside the server: the file of the shop, the demo shop, the words on the API."""

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Final

from tests.simulation import shop
from tests.simulation.clock import BEGINNING
from tests.simulation.server import SimulatedServer
from tukar.server import routes, shops
from tukar.server.call import Caller, CallerKind
from tukar.server.demo_shop import demo_zone, read_demo_shop
from tukar.server.openapi import schema
from tukar.server.shop_file import ShopFile, ShopFileError, read_shop, sample_text, shop_text

OPERATOR: Final = Caller(CallerKind.OPERATOR, shop.SHOP_ID)
_REF: Final = '"$ref": "#/components/schemas/'
MISTYPED: Final = (
    ('time_zone = "Asia/Jakarta"', 'time_zone = "Asia/Nowhere"', "shop.time_zone"),
    ('language = "id"', 'language = "xx"', "shop.language"),
    ('rate = "11"', 'rate = "111"', "taxes.ppn.rate"),
    ('amount = "100000"', 'amount = "0.001"', "limits"),
    ("[currency]", "[currency]\ncolour = 1", "colour"),
    ('code = "IDR"', "", "currency.code"),
    ("cash_step = 100", "cash_step = -1", "currency.cash_step"),
    ("[shop]", "[shop", "line"),
)
"""What was meant, what somebody wrote, and what they have to be told of."""


def found(server: SimulatedServer) -> Iterator[str]:
    """What a file of the shop, or a page about the API, does not say as it is."""
    yield from _shop_as_it_is(server)
    yield from _of_any_shop()


@cache
def _of_any_shop() -> tuple[str, ...]:
    """What nothing that happened in a shop has a part in: looked at once."""
    return (*_is_told(), *_described(), *_demo())


def _shop_as_it_is(server: SimulatedServer) -> Iterator[str]:
    """What is in force is written down, read again and put in force: nothing has changed. Then one word has."""
    in_force = server.perform(lambda call, _: shops.load(call), None, OPERATOR)
    text = shop_text(ShopFile(in_force.profile, in_force.settings))
    again = read_shop(text.encode())
    if server.perform(lambda call, _: shops.change(call, again.profile, again.settings), None, OPERATOR):
        yield f"shop: its own file changes it: {text}"
    renamed = read_shop(text.replace(f'name = "{in_force.profile.name}"', 'name = "Another"').encode())
    if not server.perform(lambda call, _: shops.change(call, renamed.profile, renamed.settings), None, OPERATOR):
        yield "shop: another name is said to be the same"
    now = server.perform(lambda call, _: shops.load(call), None, OPERATOR)
    if (now.profile.name, now.settings) != ("Another", in_force.settings):
        yield f"shop: it was to be called Another and is {now.profile.name}, with {now.settings}"
    server.perform(lambda call, _: shops.change(call, in_force.profile, in_force.settings), None, OPERATOR)


def _is_told() -> Iterator[str]:
    """The file to start from can be read, and says itself again; what is wrong in one is named."""
    sample = sample_text()
    if shop_text(read_shop(sample.encode())) != sample:
        yield "shop: the file to start from is not read as it is written"
    for meant, written, word in MISTYPED:
        try:
            read_shop(sample.replace(meant, written).encode())
        except ShopFileError as told:
            if word not in str(told):
                yield f"shop: {written!r} in place of {meant!r} is said to be {told}"
        else:
            yield f"shop: {written!r} in place of {meant!r} is taken"
    try:
        read_shop(b"\xff\xfe\xff")
    except ShopFileError:
        return
    yield "shop: a file of no text is taken"


def _described() -> Iterator[str]:
    """Every address is described with every method it has, and nothing is referred to that is not there."""
    described = schema()
    for route in routes.ROUTES:
        if route.method.lower() not in described["paths"].get(route.path, {}):
            yield f"api: {route.method} {route.path} is not described"
    words = json.dumps(described)
    named = {part.partition('"')[0] for part in words.split(_REF)[1:]}
    missing = named - set(described["components"]["schemas"])
    if missing:
        yield f"api: {sorted(missing)} are referred to and not described"


def _demo() -> Iterator[str]:
    """The demo shop opens on any day, with goods, people and the same rules in force."""
    today = BEGINNING.date()
    demo = read_demo_shop(today)
    if demo_zone() != demo.profile.time_zone:
        yield f"demo: the shop is in {demo.profile.time_zone}, and its days are those of {demo_zone()}"
    later = read_demo_shop(today + timedelta(days=200))
    over = [
        [rule.rule_id for rule in one.programme.rules if rule.valid_to is not None and rule.valid_to < day]
        for one, day in ((demo, today), (later, today + timedelta(days=200)))
    ]
    if over[0] != over[1] or not (demo.items and demo.customers and demo.staff):
        yield f"demo: other rules are over on another day, {over}, or somebody is missing"
