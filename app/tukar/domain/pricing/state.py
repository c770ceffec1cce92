"""What is left of a bill while rules take their turns, and what each of them took.

Money left is in whole minor units. Beside it every line keeps the exact remainder that stacked percentages work on,
as a whole number over the line's own denominator (FORMAT.md, "Stacked percentages work on exact remainders"). Single
pieces are told apart only for rules that ask for them: until then the shares a line took are kept in their order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from tukar.domain.bill import Claim, OfferKey
from tukar.domain.item import Item
from tukar.domain.pricing.facts import Facts, LineFact
from tukar.domain.pricing.result import AppliedPromotion, PricedLine
from tukar.domain.pricing.split import share_out, share_within

_NOTHING: Final = Fraction(0)

Ratio = tuple[int, int]
PurseKey = tuple[str, str]


class Pieces:
    """The pieces of one line: what is left of each, its exact remainder, and whether a set has used it."""

    __slots__ = ("exact", "left", "used")

    def __init__(self, left: list[int], exact: list[int], used: list[bool]) -> None:
        self.left = left
        self.exact = exact
        self.used = used

    def copy(self) -> "Pieces":
        return Pieces(self.left.copy(), self.exact.copy(), self.used.copy())


class LineState:
    """What is left of one line. ``exact / denominator`` is the remainder before rounding.

    ``told_apart`` are its pieces once somebody has looked at single ones, ``told`` the line as the answer told it.
    """

    __slots__ = ("_shares", "denominator", "exact", "fact", "freed", "left", "told", "told_apart")

    def __init__(self, fact: LineFact) -> None:
        self.fact = fact
        self.left = fact.gross
        self.exact = fact.gross
        self.denominator = 1
        self.freed = 0
        self.told_apart: Pieces | None = None
        self.told: PricedLine | None = None
        self._shares: list[tuple[int, Ratio | None]] = []

    def copy(self) -> "LineState":
        twin = LineState.__new__(LineState)
        twin.fact = self.fact
        twin.left = self.left
        twin.exact = self.exact
        twin.denominator = self.denominator
        twin.freed = self.freed
        twin.told = None
        twin.told_apart = self.told_apart and self.told_apart.copy()
        twin._shares = self._shares.copy()  # noqa: SLF001 - its own kind
        return twin

    @property
    def untouched(self) -> bool:
        """Whether no rule has taken anything off it and its pieces are all alike."""
        return self.told_apart is None and not self._shares and self.fact.gross % self.fact.pieces == 0

    def cheapest(self) -> tuple[int, int] | None:
        """(value left, place) of its cheapest piece that is worth something, the earlier of equal ones."""
        if self.told_apart is None and not self._shares:
            least, dearer = divmod(self.fact.gross, self.fact.pieces)
            if least > 0:
                return least, dearer
        return min(((left, at) for at, left in enumerate(self.pieces().left) if left > 0), default=None)

    def pieces(self) -> Pieces:
        """Its pieces told apart; everything the line took so far is shared out over them first."""
        if self.told_apart is None:
            even = share_out(self.fact.gross, [1] * self.fact.pieces)
            self.told_apart = Pieces(even, even.copy(), [False] * self.fact.pieces)
            shares, self._shares = self._shares, []
            self.denominator, self.left = 1, self.fact.gross
            for amount, ratio in shares:
                self.take(amount, ratio)
        return self.told_apart

    def room(self) -> int:
        """The most that may still come off the line: down to its floor, never below 0."""
        if not self.fact.floor:
            return max(0, self.left)
        return sum(max(0, left - self.fact.floor) for left in self.pieces().left)

    def take(self, amount: int, ratio: Ratio | None = None) -> None:
        """Takes ``amount`` off the whole line; ``ratio`` is the exact share it was rounded from."""
        if self.told_apart is not None:
            self._take_from_all(self.told_apart, amount, ratio)
            return
        self._shares.append((amount, ratio))
        self.left -= amount
        if ratio is None:
            self.exact -= amount * self.denominator
        else:
            self._shrink(ratio)
        if self.left == 0 or self.exact < 0 < self.fact.gross:
            self.exact = 0

    def _shrink(self, ratio: Ratio) -> None:
        off, whole = ratio
        self.exact *= whole - off
        if self.exact % whole:
            self.denominator *= whole
        else:
            self.exact //= whole

    def _take_from_all(self, pieces: Pieces, amount: int, ratio: Ratio | None) -> None:
        if self.fact.floor:
            caps = [max(0, left - self.fact.floor) for left in pieces.left]
            shares = share_within(amount, pieces.left, caps)
        else:
            shares = share_out(amount, pieces.left)
        self.take_pieces({at: share for at, share in enumerate(shares) if share or ratio}, ratio)

    def take_pieces(self, shares: Mapping[int, int], ratio: Ratio | None = None) -> None:
        """Takes off single pieces; ``ratio`` is the exact share that each of them was rounded from."""
        pieces = self.pieces()
        if ratio is not None:
            off, whole = ratio
            if any(pieces.exact[at] * (whole - off) % whole for at in shares):
                pieces.exact = [exact * whole for exact in pieces.exact]
                self.denominator *= whole
        for at, share in shares.items():
            left = pieces.left[at] = pieces.left[at] - share
            if left == 0:
                pieces.exact[at] = 0
            elif ratio is None:
                pieces.exact[at] = max(0, pieces.exact[at] - share * self.denominator)
            else:
                pieces.exact[at] = pieces.exact[at] * (ratio[1] - ratio[0]) // ratio[1]
        self.left = sum(pieces.left)
        self.exact = sum(pieces.exact)

    def give_back(self, amount: int) -> None:
        """Gives ``amount`` back to the line: a share that moves elsewhere."""
        pieces = self.pieces()
        even = share_out(self.fact.gross, [1] * self.fact.pieces)
        caps = [gross - left for gross, left in zip(even, pieces.left, strict=True)]
        for at, share in enumerate(share_within(amount, caps, caps)):
            pieces.left[at] += share
            pieces.exact[at] += share * self.denominator
        self.left = sum(pieces.left)
        self.exact = sum(pieces.exact)


@dataclass(slots=True)
class Cut:
    """A share off one line: of the whole line, or of the pieces named, with the exact ratio where it was rounded."""

    line: int
    amount: int
    ratio: Ratio | None = None
    pieces: dict[int, int] | None = None


@dataclass(slots=True)
class Gift:
    """Pieces given on top of the bill."""

    item: Item
    pieces: int


@dataclass(slots=True)
class Plan:
    """What one reward would do to the bill as it stands; nothing has happened yet.

    ``freed`` and ``used`` are pieces by line. ``scope`` are the lines of a fixed amount on a filter, among which its
    shares may move later; ``spent`` is in whole points, ``lacking`` those that were asked for and not there.
    """

    cuts: list[Cut] = field(default_factory=list)
    gifts: list[Gift] = field(default_factory=list)
    freed: dict[int, list[int]] = field(default_factory=dict)
    used: dict[int, list[int]] = field(default_factory=dict)
    spent: Fraction = Fraction(0)
    applications: int = 1
    scope: tuple[int, ...] = ()
    lacking: Fraction = Fraction(0)

    @property
    def amount(self) -> int:
        return sum(cut.amount for cut in self.cuts)

    @property
    def gives(self) -> bool:
        return bool(self.gifts) or any(cut.amount for cut in self.cuts)


@dataclass(slots=True)
class Taken:
    """What one reward took at its turn. ``shares`` and ``freed`` are by line; ``purse`` paid ``spent`` points.

    ``claim`` is the one whose turn it was, None where it applied by itself. ``scope`` are the lines of a fixed amount
    on a filter, among which its shares may move; ``lacking`` are points that were asked for and not there. ``told``
    is what the answer said of it.
    """

    rule: int
    key: OfferKey
    reward: int
    shares: dict[int, int]
    freed: dict[int, int]
    gifts: list[Gift]
    spent: Fraction
    purse: PurseKey | None
    applications: int
    claim: Claim | None
    scope: tuple[int, ...] = ()
    lacking: Fraction = Fraction(0)
    told: AppliedPromotion | None = None

    @property
    def amount(self) -> int:
        return sum(self.shares.values())

    def copy(self) -> "Taken":
        return Taken(
            self.rule, self.key, self.reward, self.shares.copy(), self.freed, self.gifts, self.spent, self.purse,
            self.applications, self.claim, self.scope, self.lacking,
        )  # fmt: skip


class State:
    """A bill at some moment between two turns.

    ``credits`` are what rules had earned when their turn came, ``short`` the rules whose minimums were not reached.
    """

    __slots__ = ("_own", "credits", "facts", "has_negative", "lines", "short", "spent", "taken")

    def __init__(self, facts: Facts, lines: list[LineState] | None = None) -> None:
        """Of lines that are handed in each is copied before it changes."""
        self.facts = facts
        self.lines = [LineState(fact) for fact in facts.lines] if lines is None else lines
        self._own: set[int] | None = None if lines is None else set()
        self.taken: list[Taken] = []
        self.spent: dict[PurseKey, Fraction] = {}
        self.credits: dict[int, Fraction] = {}
        self.short: set[int] = set()
        self.has_negative = facts.has_negative

    def copy(self) -> "State":
        twin = State.__new__(State)
        twin.facts = self.facts
        twin.lines = self.lines.copy()
        twin._own = set()  # noqa: SLF001 - its own kind
        self._own = set()
        twin.taken = [taken.copy() for taken in self.taken]
        twin.spent = self.spent.copy()
        twin.credits = self.credits.copy()
        twin.short = self.short.copy()
        twin.has_negative = self.has_negative
        return twin

    def writable(self, index: int) -> LineState:
        """The line for changing it; copies of a bill share the lines that neither has changed since."""
        if self._own is not None and index not in self._own:
            self.lines[index] = self.lines[index].copy()
            self._own.add(index)
        return self.lines[index]

    def keep(self, indexes: Iterable[int]) -> None:
        """These lines are kept as they are now: from here on a change of one is a change of its copy."""
        if self._own is not None:
            self._own.difference_update(indexes)

    def left(self) -> int:
        """What is left of all goods, negative lines included."""
        return sum([line.left for line in self.lines])

    def bill_room(self, wanted: int) -> int:
        """As much of ``wanted`` as the bill can lose without going below 0."""
        return max(0, min(wanted, self.left())) if self.has_negative else wanted

    def spent_of(self, purse: PurseKey) -> Fraction:
        return self.spent.get(purse, _NOTHING)

    def pay(self, purse: PurseKey, points: Fraction) -> None:
        """``points`` more are spent from a purse."""
        before = self.spent.get(purse)
        self.spent[purse] = points if before is None else before + points

    def carry_out(self, plan: Plan) -> dict[int, int]:
        """Takes the cuts off their lines, never more than there is, and marks pieces; the shares really taken."""
        shares: dict[int, int] = {}
        for cut in plan.cuts:
            taken = self._cut(cut)
            if taken:
                shares[cut.line] = shares.get(cut.line, 0) + taken
        for line, places in plan.used.items():
            used = self.writable(line).pieces().used
            for place in places:
                used[place] = True
        for line, places in plan.freed.items():
            self.writable(line).freed += len(places)
        return shares

    def _cut(self, cut: Cut) -> int:
        line = self.writable(cut.line)
        if cut.pieces is None:
            amount = min(cut.amount, line.room())
            line.take(amount, cut.ratio if amount == cut.amount else None)
            return amount
        left, floor = line.pieces().left, line.fact.floor
        shares = {at: max(0, min(share, left[at] - floor)) for at, share in cut.pieces.items()}
        line.take_pieces(shares, cut.ratio if shares == cut.pieces else None)
        return sum(shares.values())
