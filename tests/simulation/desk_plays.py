"""What a cashier does at a desk beside selling: arrives, signs in, steps away, changes keys and looks, asks for help.

The plays of ``front_plays`` go on between them. A touch that has to wait for something puts itself in front again.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.desk import ADDRESS, CODE, NO_PICTURE, Desk
from tests.simulation.desk_afar import ManagerElsewhere
from tests.simulation.desk_bills import DeskBills
from tests.simulation.front_plays import FrontPlays, Pick, Touches
from tukar.till.key_store import KeyStore
from tukar.till.keys import Command
from tukar.till.pictures import KEPT_AT_MOST
from tukar.till.ports import DiskTrouble, DiskTroubleKind
from tukar.till.settings_table import BY_NAME, NOTHING, SettingsError, read, template
from tukar.till.starting import StartPhase, StartTrouble

if TYPE_CHECKING:
    from tests.simulation.till import TillLife

ASIDE: Final = 0.1
"""How often each of the things beside selling is done while nobody waits."""
STEPS_AWAY: Final = 0.15
STARTS_AT_MOST: Final = 40
"""So often a cashier looks whether the till opens; one that was revoked, say, never does."""
LOOKS_AFAR: Final = 4
"""So often a cashier looks before the manager elsewhere answers, and before somebody comes."""
A_MINUTE: Final = 40
"""In touches."""
WAITS_AT_MOST: Final = 600
TOO_OFTEN: Final = 0.01
"""How often somebody types wrong until only a manager lets them in."""
TEN_TRIES: Final = 2000
"""In touches, for the waits between them."""
PUSHED: Final = (
    b'language = "id"\nreduced_motion = true\n[fixed]\ntheme = "high_contrast"\n[keys]\nsearch = "Alt+S"\n',
    b'hand = "left"\ntill_id = "9"\nno_such_setting = 1\n',
    b"",
)
MISTAKEN: Final = (
    (1, b'theme = "pink"\n'),
    (2, b'language = "id"\nscale_percent = 500\n'),
    (3, b'# for all\n[fixed]\nkiosk = "yes"\n'),
    (2, b'hand = "left"\nhand = "right"\n'),
    (2, b"[keys]\nsearch = 3\n"),
    (1, b'keys = "F2"\n'),
    (1, b"fixed = 1\n"),
    (2, b'hand = "left"\ntheme = "\xff\xfe"\n'),
    (2, b'theme = "light"\n[fixed\n'),
    (4, b'theme = "light"\n\n[fixed]\ntheme = "loud"\n'),
)
"""Files with a mistake each, and the line it is in."""


class DeskPlays(FrontPlays):
    """The plays of one life at a desk. Whoever does not get in does not sell."""

    def __init__(self, life: "TillLife", desk: Desk, pick: Pick, enrols: str, sold: list[str]) -> None:
        super().__init__(life, desk.front, pick, enrols, sold)
        self._desk = desk
        self._elsewhere = ManagerElsewhere(desk.kept.world, desk.kept.server, desk.kept.name)
        self._asked_afar = self._was_refused = False
        self._looks_afar = 0
        self._bills = DeskBills(life, desk.front, desk.kept.violated, lambda over: self._until(over, A_MINUTE))

    def arrive(self) -> None:
        """Somebody switched the till on and waits until it opens; then they sign in."""
        self._left = [*self._start(), *self._sign_in(shift=self._pick("begins", "", ("shift", 0.3)) == "shift")]

    def on_bill(self, part: float) -> None:
        """Now and then a cashier is called away with a bill in hand, which nobody may see meanwhile."""
        if self._pick("called", "", ("away", STEPS_AWAY)) == "away":
            self._left = self._away()
        elif not self._begins({**self._at_any_time(), **self._bills.plays()}):
            super().on_bill(part)

    def between(self, part: float) -> None:
        arriving, self._left = self._left, []
        closing = {} if self._life.till.keeps_shifts else {"closing": self._bills.closing}
        if not self._begins({**self._at_any_time(), "people": self._people, "pushes": self._pushes, **closing}):
            super().between(part)
        self._left = arriving + self._left

    def _at_any_time(self) -> dict[str, Callable[[], Touches]]:
        return {
            "looks": self._looks,
            "keys": self._keys,
            "support": self._support,
            "pictures": self._pictures,
            "screen": lambda: [self._desk.display.open],
        }

    def _begins(self, plays: Mapping[str, Callable[[], Touches]]) -> bool:
        """Whether any of them is done now."""
        name = self._pick("desk", "", *((name, ASIDE) for name in plays))
        if name:
            self._left = plays[name]()
        return bool(name)

    # A second person's word

    def touch(self) -> None:
        if self._was_refused and not self._front.screens.approval.is_open:
            self._desk.kept.violated(f"till {self._desk.kept.name} was refused a word and took it")
        super().touch()

    def _second_person(self) -> None:
        """Nobody is near now and then, and a manager elsewhere is asked; in the end somebody comes all the same."""
        afar, approving = self._front.screens.approval.afar, self._front.approving
        if afar is not None and afar.waits and self._looks_afar:
            self._looks_afar -= 1
            if self._looks_afar == 1:
                gives = self._pick("word afar", "yes", ("no", 0.3))
                heard = self._elsewhere.answer(self._life.till.till_id, give=gives == "yes")
                self._was_refused = heard and gives == "no"
        elif not self._asked_afar and self._pick("word from", "here", ("afar", 0.3)) == "afar":
            self._asked_afar, self._looks_afar = True, LOOKS_AFAR
            approving.ask_afar()
        else:
            self._asked_afar = self._was_refused = False
            super()._second_person()

    # Waiting

    def _until(
        self, over: Callable[[], bool], most: int = WAITS_AT_MOST, meanwhile: Callable[[], object] = lambda: None
    ) -> Callable[[], object]:
        left = [most]

        def look() -> None:
            left[0] -= 1
            if over() or left[0] <= 0:
                return
            meanwhile()
            self._left.insert(0, look)

        return look

    # The start

    def _start(self) -> Touches:
        desk, starting, screens = self._desk, self._desk.starting, self._desk.screens

        def goes_on() -> bool:
            start = screens.start
            return start.phase is StartPhase.READY or start.trouble is StartTrouble.REVOKED

        def again() -> None:
            if screens.start.trouble is StartTrouble.KEY_STORE:
                starting.choose_key_store(KeyStore.OWNER_ONLY_FILE)
            elif screens.start.trouble is not StartTrouble.NONE:
                starting.try_again()

        open_at_last = self._until(goes_on, STARTS_AT_MOST, again)
        if self._pick("restored", "", ("needs numbers", 0.2)):
            self._needs_numbers()
        if desk.kept.is_connected:
            begins = starting.fetch if self._pick("begins with", "", ("demo", 0.2)) == "" else self._prepares
            return [begins, open_at_last]
        if self._pick("keys of system", "", ("none", 0.3)):
            desk.lose_key_store()
        mistyped: Touches = [
            lambda: starting.type("http://shop.example", CODE),
            starting.connect,
            lambda: starting.type("https://[::1", CODE),
            starting.try_again,
            lambda: starting.type(ADDRESS, "PISANG-1"),
            starting.connect,
            self._until(lambda: screens.start.phase is StartPhase.ASKING, STARTS_AT_MOST),
        ]
        return [
            starting.ask,
            lambda: starting.type(ADDRESS, ""),
            starting.connect,
            *(mistyped if self._pick("connects", "", ("mistypes", 0.5)) else []),
            lambda: starting.type(f" {ADDRESS} ", CODE),
            starting.connect,
            open_at_last,
        ]

    def _prepares(self) -> None:
        self._desk.starting.prepare(lambda: None)

    def _needs_numbers(self) -> None:
        """A till that was restored needs new numbers first, and the disk does not take them at once."""
        tries = [0]

        def renew() -> None:
            tries[0] += 1
            if tries[0] == 1:
                raise DiskTrouble(DiskTroubleKind.FULL, "simulated")

        self._desk.starting.begin_with(lambda: renew if tries[0] < 2 else None)

    # Who is at the till

    def _sign_in(self, *, shift: bool = False) -> Touches:
        """Somebody touches their tile and types, wrong a few times, waits as long as they have to, and gets in."""
        desk, signing = self._desk, self._desk.signing
        pin = self._pick("pin", "", ("once", 0.3), ("six times", 0.05), ("too often", TOO_OFTEN))
        wrong = {"": 0, "once": 1, "six times": 6, "too often": 1}[pin]

        def begin() -> None:
            desk.begins_shift = shift
            signing.renew()
            signing.move(1)
            signing.move(1)
            self._choose(shop.CASHIER.staff_id)

        def wrongly() -> None:
            desk.type_credential(desk.credential(right=False))

        def rightly() -> None:
            if not desk.manager_lets_in():
                self._choose(shop.CASHIER.staff_id)
                desk.type_credential(desk.credential())

        waits = self._until(lambda: not desk.screens.sign_in.busy)
        return [
            begin,
            *(touch for _ in range(wrong) for touch in (wrongly, waits)),
            *([self._until(lambda: desk.screens.sign_in.shut_out, TEN_TRIES, wrongly)] if pin == "too often" else []),
            self._until(self._is_in, meanwhile=rightly),
        ]

    def _is_in(self) -> bool:
        staff = self._desk.front.staffing.model
        return staff.cashier is not None and not staff.locked

    def _choose(self, staff_id: str) -> None:
        """Their tile, wherever it lies now; None of it while a PIN is being checked."""
        model = self._desk.screens.sign_in
        places = [place for place, member in enumerate(model.staff) if member.staff_id == staff_id]
        if places and not model.busy and model.chosen != places[0]:
            self._desk.signing.choose(places[0])

    def _away(self) -> Touches:
        """The quick lock, and back with a PIN; what is typed meanwhile reaches nothing."""
        return [self._desk.front.staffing.lock, lambda: None, *self._sign_in(), self._front.status.refresh]

    def _people(self) -> Touches:
        """Somebody new begins; they leave again while their tile is chosen, or while they are at the till."""
        desk, staffing = self._desk, self._desk.front.staffing
        leaves = self._pick("newcomer", "chosen", ("typing", 0.3), ("inside", 0.4))

        def now(is_there: bool) -> Callable[[], None]:
            def change() -> None:
                desk.kept.people.has_newcomer = is_there
                staffing.renew()

            return change

        def enters() -> None:
            desk.type_credential(desk.credential())
            if leaves == "typing":
                now(is_there=False)()

        goes: Touches = [now(is_there=False)]
        return [
            now(is_there=True),
            staffing.sign_out,
            lambda: self._choose("c-2"),
            *(goes if leaves == "chosen" else []),
            enters,
            self._until(lambda: not desk.screens.sign_in.busy),
            *goes,
            staffing.lock,
            lambda: desk.type_credential(desk.credential()),
            self._until(lambda: not desk.screens.sign_in.busy),
            staffing.sign_out,
            *self._sign_in(),
        ]

    # What is chosen

    def _looks(self) -> Touches:
        """Everything that can be chosen, some of it faster than a disk writes."""
        chosen = self._desk.preferences
        theme = self._pick("theme", "dark", ("light", 0.3), ("high_contrast", 0.2))
        language = self._pick("language", "id", ("en", 0.3), ("hi", 0.2))

        def both() -> None:
            chosen.choose_theme(theme)
            chosen.choose_language(language)
            chosen.choose_hand("left" if language == "id" else "right")

        return [
            chosen.open,
            both,
            lambda: chosen.choose_scale(999),
            lambda: chosen.choose_scale(125),
            lambda: chosen.reduce_motion(reduced=True),
            lambda: chosen.show_customer(shown=True),
            lambda: chosen.keep_full_screen(full=True),
            lambda: chosen.keep_full_screen(full=False),
            chosen.close,
        ]

    def _keys(self) -> Touches:
        desk, keys = self._desk, self._desk.keys
        key = self._pick("key", "Ctrl+K", ("Alt+7", 0.3))

        def left() -> None:
            """A sheet that was left takes no key any more."""
            before = dict(desk.screens.keys.keys)
            keys.press("Alt+9")
            keys.measured(13, 12.0)
            if keys.is_open or dict(desk.screens.keys.keys) != before or desk.screens.keys.measure is not None:
                desk.kept.violated(f"the sheet of keys was left, and shows {desk.screens.keys}")

        def taken() -> None:
            """A key that another command has is nobody else's."""
            held = desk.screens.keys.keys
            keys.press(held[Command.PAYMENT])
            if desk.screens.keys.taken_by is not Command.PAYMENT or len(set(held.values())) != len(held):
                desk.kept.violated(f"a key was taken from payment: {desk.screens.keys}")

        return [
            keys.open,
            lambda: keys.change(Command.SEARCH),
            taken,
            lambda: keys.press("F5"),
            lambda: keys.press(key),
            lambda: keys.change(Command.HOLD),
            keys.close,
            lambda: keys.measured(13, 33.0),
            keys.use_suggested,
            *([keys.reset] if self._pick("keys", "", ("reset", 0.3)) else []),
            lambda: desk.screens.keys.is_told_apart,
            keys.close,
            keys.open,
            keys.close,
            left,
        ]

    def _pushes(self) -> Touches:
        """The administrator writes a file for all tills: from the template, with mistakes at first."""
        kept = self._desk.kept
        number = self._pick("pushed", "0", ("1", 0.4), ("2", 0.2))
        names = sorted(BY_NAME)

        def push() -> None:
            kept.pushed = PUSHED[int(number)]

        def read_template() -> None:
            told = template()
            if read(told.encode()) != NOTHING or not any(name in told for name in names):
                kept.violated(f"the template says something: {told}")

        def mistakes() -> None:
            for line, content in MISTAKEN:
                try:
                    given = read(content)
                except SettingsError as wrong:
                    if not str(wrong).startswith(f"line {line}:"):
                        kept.violated(f"the mistake in {content!r} is in line {line}, and they say {wrong}")
                else:
                    kept.violated(f"{content!r} was read as {given}")

        return [read_template, mistakes, push]

    # Help

    def _support(self) -> Touches:
        desk = self._desk

        def twice() -> None:
            desk.screens.told.clear()
            desk.bundles.clear()
            desk.support.make()
            desk.support.make()

        return [twice, lambda: None, desk.support_is_told]

    def _pictures(self) -> Touches:
        """The tiles change; a whole catalogue goes by in the end."""
        pictures = self._desk.pictures
        many = tuple(f"{number}.png" for number in range(KEPT_AT_MOST + 1))
        return [
            lambda: pictures.want(("rice.png", "tea.png", NO_PICTURE)),
            lambda: pictures.want(("rice.png", NO_PICTURE)),
            lambda: pictures.want((NO_PICTURE,)),
            *([lambda: pictures.want(many)] if self._pick("tiles", "", ("all", 0.2)) else []),
            lambda: pictures.want(("tea.png", "milk.png")),
        ]
