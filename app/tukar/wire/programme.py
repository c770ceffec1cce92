"""A programme ↔ JSON: the file a shop owner writes and the backend publishes, refused whole when it has mistakes."""

from dataclasses import dataclass
from typing import Final

from msgspec import ValidationError, convert

from tukar.domain.money import Currency, Money
from tukar.domain.offer import LocalName
from tukar.domain.points import MAX_POINTS_DIGITS, Points
from tukar.domain.programme import ApprovalPolicy, Demand, OtpPolicy, PointsAccount, Programme, Reversal
from tukar.domain.rule import Family, Rule
from tukar.wire.amounts import Key
from tukar.wire.rewards import Json, local_name_json, read_local_name
from tukar.wire.rules import RuleContext, read_rule, rule_json
from tukar.wire.strict import (
    Fields,
    FileMistakesError,
    Mistake,
    as_bool,
    as_count,
    as_money,
    as_name,
    as_positive,
    as_word,
    decimal_text,
)

PROGRAMME_FORMAT: Final = "tukar-programme/1"
_NAMELESS: Final = "?"


@dataclass(frozen=True, slots=True)
class ReadProgramme:
    """What could be read of a programme: ``rules`` with their paths in the file, and everything wrong with the file."""

    programme: Programme
    rules: tuple[tuple[str, Rule], ...]
    mistakes: tuple[Mistake, ...]


def programme_from_json(raw: object) -> Programme:
    """The programme that ``raw`` writes; FileMistakesError names all its mistakes by path and reason."""
    read = read_programme(raw)
    if read.mistakes:
        raise FileMistakesError(read.mistakes)
    return read.programme


def read_programme(raw: object) -> ReadProgramme:
    """As much of the programme as can be read, for whoever looks for further mistakes in it."""
    mistakes: list[Mistake] = []
    fields = Fields(raw, "", mistakes)
    if mistakes:
        return ReadProgramme(Programme(version=0, currency=Currency("XXX", 2)), (), tuple(mistakes))
    if fields.need("format", as_name, PROGRAMME_FORMAT) != PROGRAMME_FORMAT:
        fields.wrong("format", f"must be {PROGRAMME_FORMAT}")
    currency = _currency(fields)
    accounts = tuple(_account(row, path, currency, mistakes) for path, row in fields.each("accounts"))
    context = RuleContext(currency)
    read = [(path, read_rule(row, path, context, mistakes)) for path, row in fields.each("rules")]
    rules = [(path, rule) for path, rule in read if rule is not None]
    _check_ids(accounts, rules, mistakes)
    programme = Programme(
        version=fields.get("version", as_count, 0),
        currency=currency,
        accounts=accounts,
        rules=tuple(rule for _, rule in rules),
    )
    fields.close()
    return ReadProgramme(programme, tuple(rules), tuple(mistakes))


def programme_json(programme: Programme) -> Json:
    """The programme as ``programme_from_json`` reads it back."""
    currency = programme.currency
    return {
        "format": PROGRAMME_FORMAT,
        "version": programme.version,
        "currency": {"code": currency.code, "minor_digits": currency.minor_digits, "cash_step": currency.cash_step},
        "accounts": [_account_json(account) for account in programme.accounts],
        "rules": [rule_json(rule) for rule in programme.rules],
    }


def _currency(fields: Fields) -> Currency:
    part = fields.part("currency")
    code, digits = part.need("code", as_name, "XXX"), part.need("minor_digits", as_count, 2)
    step = part.get("cash_step", as_positive, 1)
    part.close()
    try:
        return Currency(code, digits, step)
    except ValueError as mistake:
        part.wrong("", str(mistake))
        return Currency("XXX", 2)


@dataclass(frozen=True, slots=True)
class _PointsReader:
    digits: int

    def __call__(self, raw: object) -> Points:
        points = Points.parse(decimal_text(raw), self.digits)
        if points.units < 0:
            raise ValueError(f"must not be below 0, not {raw}")
        return points


def _account(raw: object, path: str, currency: Currency, mistakes: list[Mistake]) -> PointsAccount:
    fields = Fields(raw, path, mistakes)
    programme_id = fields.need("id", as_name, _NAMELESS)
    digits = fields.get("digits", as_count, 0)
    if digits > MAX_POINTS_DIGITS:
        fields.wrong("digits", f"must be at most {MAX_POINTS_DIGITS}, not {digits}")
        digits = MAX_POINTS_DIGITS
    points = _PointsReader(digits)
    otp, approval = fields.part("otp"), fields.part("approval")
    account = PointsAccount(
        programme_id=programme_id,
        name=read_local_name(fields) or LocalName(programme_id),
        digits=digits,
        otp=OtpPolicy(_demand(otp), otp.get("above", points, None)),
        approval=ApprovalPolicy(_demand(approval), approval.get("above", as_money(currency), None)),
        min_points=fields.get("min_points", points, None),
        max_points=fields.get("max_points", points, None),
        keep=fields.get("keep", points, None),
        reversal=fields.get("reversal", as_word(Reversal), Reversal.IN_PROPORTION),
        expire_after_days=fields.get("expire_after_days", as_count, None),
        return_grace_days=fields.get("return_grace_days", as_count, 0),
        spends_points_of_this_sale=fields.get("spend_points_of_this_sale", as_bool, default=False),
        own_redemption_lowers_earning=fields.get("own_redemption_lowers_earning", as_bool, default=False),
    )
    for part in (otp, approval):
        part.close()
    if account.min_points is not None and account.max_points is not None and account.max_points < account.min_points:
        fields.wrong("max_points", "is below min_points")
    fields.close()
    return account


def _demand(part: Fields) -> Demand:
    """``{"ask": "above", "above": "500"}``; never where nothing is said."""
    demand = part.get("ask", as_word(Demand), Demand.NEVER)
    if demand is Demand.ABOVE and not part.has("above"):
        part.wrong("above", "is missing")
    return demand


def _check_ids(accounts: tuple[PointsAccount, ...], rules: list[tuple[str, Rule]], mistakes: list[Mistake]) -> None:
    known = {account.programme_id for account in accounts}
    for account in accounts:
        if account.programme_id != _NAMELESS:
            _check_id("accounts", account.programme_id, mistakes)
    if len(known) < len(accounts):
        mistakes.append(Mistake("accounts", "two accounts have the same id"))
    seen: dict[str, str] = {}
    for path, rule in rules:
        if rule.rule_id in seen:
            mistakes.append(Mistake(f"{path}.id", f"{rule.rule_id} is the id of {seen[rule.rule_id]} too"))
        seen.setdefault(rule.rule_id, path)
        _check_id(f"{path}.id", rule.rule_id, mistakes)
        for place, reward in enumerate(rule.rewards):
            if reward.reward_id:
                _check_id(f"{path}.rewards[{place}].id", reward.reward_id, mistakes)
        if rule.programme and rule.programme not in known:
            mistakes.append(Mistake(f"{path}.programme", f"there is no account {rule.programme}"))
        if rule.family is Family.LOYALTY and rule.account_id not in known:
            mistakes.append(Mistake(f"{path}.programme", f"a loyalty rule needs an account; none is {rule.account_id}"))


def _check_id(path: str, name: str, mistakes: list[Mistake]) -> None:
    """Ids travel with every bill, so that they are what messages allow (``amounts.Key``)."""
    try:
        convert(name, Key)
    except ValidationError:
        mistakes.append(Mistake(path, f"{name} has other characters than letters, digits and _ . : - or more than 64"))


def _account_json(account: PointsAccount) -> Json:
    rest: Json = {
        "digits": account.digits or None,
        "otp": _demand_json(account.otp.demand, account.otp.above),
        "approval": _demand_json(account.approval.demand, account.approval.above),
        "min_points": None if account.min_points is None else account.min_points.decimal(),
        "max_points": None if account.max_points is None else account.max_points.decimal(),
        "keep": None if account.keep is None else account.keep.decimal(),
        "reversal": account.reversal.value,
        "expire_after_days": account.expire_after_days,
        "return_grace_days": account.return_grace_days or None,
        "spend_points_of_this_sale": account.spends_points_of_this_sale or None,
        "own_redemption_lowers_earning": account.own_redemption_lowers_earning or None,
    }
    named = {"id": account.programme_id} | local_name_json(account.name)
    return named | {name: value for name, value in rest.items() if value is not None}


def _demand_json(demand: Demand, above: Points | Money | None) -> Json | None:
    if demand is Demand.NEVER:
        return None
    return {"ask": demand.value} | ({} if above is None else {"above": above.decimal()})
