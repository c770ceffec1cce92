"""``tukar shop``: a shop of one's own at the backend, made from a file that explains itself, and changed with it."""

import getpass
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tukar.bootstrap.backend_house import backend_folder, opened_backend, operator_of, standing_backend
from tukar.bootstrap.connecting import demand_till_name
from tukar.bootstrap.options import ShopOptions
from tukar.bootstrap.outcome import CommandRefused, Status

if TYPE_CHECKING:
    from tukar.server.seed import SeedStaff
    from tukar.server.shop_file import Founder, ShopFile

Ask = Callable[[str], str]
"""Asks for something that nobody else is to see; the words say for what."""


def ask_unseen(words: str) -> str:
    """Typed twice at a terminal; where there is none, a line of the standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass.getpass(f"{words}: ")
    if getpass.getpass(f"{words}, once more: ") != typed:
        raise CommandRefused("The two are not the same.", "Start again; nothing was changed.")
    return typed


def run_template() -> int:
    """Writes a file to start from."""
    from tukar.server.shop_file import sample_text

    sys.stdout.write(sample_text())
    return Status.WELL


def run_create(options: ShopOptions, ask: Ask = ask_unseen) -> int:
    """Makes the shop with its first manager, and a code for its first till."""
    from tukar.server import auth
    from tukar.server.folder import Folder
    from tukar.server.seed import SeedTill, ShopSeed, load_shop

    shop = _read(options.file)
    if shop.manager is None:
        raise CommandRefused(f"{options.file} names nobody below [manager].", "See what shop template writes.")
    demand_till_name(options.till)
    folder = backend_folder(options.data)
    profile, manager = shop.profile, _credentials(shop.manager, ask)
    with opened_backend(options.database, folder) as backend:
        code = backend.equipment.chance.letters(auth.CODE_LETTERS)
        seed = ShopSeed(profile, staff=[manager], tills=[SeedTill(options.till, code)], settings=shop.settings)
        if not load_shop(backend, seed):
            raise CommandRefused(f"There is a shop {profile.shop_id} already.", "Change it with: shop change FILE")
        Folder(folder).keep_operator_token(backend.equipment.keys, profile.shop_id)
    shown, minutes = f"{code[:4]}-{code[4:]}", round(auth.CODE_SECONDS / 60)
    if options.as_json:
        told = {"shop": profile.shop_id, "till": options.till, "code": shown, "minutes": minutes}
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        sys.stdout.write(
            f"The shop {profile.shop_id}, {profile.name}, is there, and {shop.manager.name} is its manager.\n"
            f"{shown} makes one device till {options.till} of {profile.shop_id}, within {minutes} minutes.\n"
        )
    return Status.WELL


def run_change(options: ShopOptions) -> int:
    """Puts what the file says in force; tills hear of it with their next look."""
    from tukar.server import shops
    from tukar.server.refusing import Refused

    shop = _read(options.file)
    with standing_backend(options) as backend:
        operator = operator_of(backend, shop.profile.shop_id)
        try:
            changed = backend.perform(
                lambda call, _: shops.change(call, shop.profile, shop.settings), None, operator
            )  # fmt: skip
        except Refused as refused:
            words = refused.refusal.detail
            raise CommandRefused(f"{words[:1].upper()}{words[1:]}.", "Nothing was changed.") from None
    words = "is changed" if changed else "was like that already"
    sys.stdout.write(f"The shop {shop.profile.shop_id} {words}.\n")
    return Status.WELL


def run_show(options: ShopOptions) -> int:
    """Writes what is in force, in the form that ``tukar shop change`` takes."""
    from tukar.server import shops
    from tukar.server.shop_file import ShopFile, shop_text

    with standing_backend(options) as backend:
        shop = backend.perform(lambda call, _: shops.load(call), None, operator_of(backend, options.shop))
    sys.stdout.write(shop_text(ShopFile(shop.profile, shop.settings)))
    return Status.WELL


def _read(file: Path | None) -> "ShopFile":
    from tukar.server.shop_file import ShopFileError, read_shop

    if file is None:
        raise CommandRefused("No file is named.", "Start from what shop template writes.")
    try:
        return read_shop(file.read_bytes())
    except OSError as trouble:
        raise CommandRefused(
            f"{file}: {(trouble.strerror or 'it cannot be read').lower()}.", "Look at its name."
        ) from None
    except ShopFileError as unfit:
        raise CommandRefused(f"{file}: {str(unfit).rstrip('.')}.", "Mend it there and try again.") from None


def _credentials(manager: "Founder", ask: Ask) -> "SeedStaff":
    from tukar.domain.people import Role
    from tukar.server.seed import SeedStaff
    from tukar.wire.staff_table import demand_password, demand_pin

    given = []
    for words, demand in (("PIN", demand_pin), ("Password", demand_password)):
        typed = ask(f"{words} of {manager.name}")
        try:
            demand(typed)
        except ValueError as unfit:
            raise CommandRefused(
                f"{str(unfit)[:1].upper()}{str(unfit)[1:]}.", "Start again; nothing was made."
            ) from None
        given.append(typed)
    pin, password = given
    return SeedStaff(manager.id, manager.name, Role.MANAGER, pin, password)
