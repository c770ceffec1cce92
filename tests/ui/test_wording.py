from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui import reference as ref
from tests.ui.till_samples import CARD, rupiah
from tukar.domain.offer import LocalName, Reason, WhyNot
from tukar.domain.points import Points
from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import ExchangeView, TerminalView
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import PrinterState
from tukar.ui.translations import LANGUAGES, Language
from tukar.ui.wording import offers, paying, selling
from tukar.ui.wording.notices import sentence


@pytest.fixture
def language(qapp: QApplication, resources: Path) -> Iterator[Language]:
    found = Language(resources / "i18n", ref.IDR)
    yield found
    found.close()


@pytest.mark.parametrize("say", Say)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_notice_is_a_sentence_with_and_without_its_figures(language: Language, say: Say, code: str) -> None:
    language.choose(code)
    full = Notice(say, Level.WARN, "T", ref.rp(1000), Points(5), LocalName("N"), 3, 30)
    for notice in (full, Notice(say)):
        words = sentence(notice, language)
        assert words
        assert "{" not in words
        assert words[-1] in ".।"
    assert "  " not in sentence(full, language)


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_reason_has_words(language: Language, reason: Reason, code: str) -> None:
    language.choose(code)
    bare = WhyNot(ref.TEN, ref.TEN_NAME, reason)
    full = WhyNot(ref.TEN, ref.TEN_NAME, reason, ref.rp(100), Points(3), 2, date(2026, 11, 2), ref.COFFEE_NAME)
    for why in (bare, full):
        words = offers.why_not(why, language)
        assert words
        assert "{" not in words


def test_reasons_say_the_figure(language: Language) -> None:
    amount = ref.SUMMARY.reasons[0].why
    assert offers.why_not(amount, language) == "Add Rp\N{NO-BREAK SPACE}26.500"
    ended = WhyNot(ref.BREAD, ref.TEN_NAME, Reason.ENDED, day=date(2026, 11, 20))
    assert offers.why_not(ended, language, date(2026, 11, 21)) == "Ended yesterday"
    assert offers.why_not(ended, language, date(2026, 11, 25)) == "Ended 20\N{NO-BREAK SPACE}Nov"
    item = WhyNot(ref.TEA, ref.TEA_NAME, Reason.NEEDS_ITEM, skus=("x",))
    assert offers.why_not(item, language, item="Beras Ramos 5 kg") == "Needs Beras Ramos 5 kg"


def test_offers_are_said_as_the_design_says_them(language: Language) -> None:
    assert offers.headline(ref.OFFER, "", language) == "Use 200 points, save Rp\N{NO-BREAK SPACE}20.000"
    assert offers.nudge(ref.NUDGE, language) == "26 more points: free coffee"
    rows = {row.key: offers.sub_line(row, language, date(2026, 11, 21)) for row in ref.PROMOTIONS.rows}
    assert rows[ref.MEMBER] == "Instead of Points as a promotion"
    assert rows[ref.BORONG] == "Buy 5, pay 4: Indomie Goreng"
    assert rows[ref.TEA] == "With Beras Ramos 5 kg"
    assert rows[ref.POINTS] == "200 points off the whole bill"
    assert rows[ref.BREAD] == "Ended yesterday"


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("Free coffee", "free coffee"),
        ("PPN off", "PPN off"),
        ("Rp\N{NO-BREAK SPACE}5 off", "Rp\N{NO-BREAK SPACE}5 off"),
    ],
)
def test_a_name_inside_a_sentence_starts_small_unless_it_is_a_name(words: str, inside: str) -> None:
    assert offers.inside(words) == inside


def test_counts_know_one_from_many(language: Language) -> None:
    assert (selling.items(1, language), selling.items(13, language)) == ("1 item", "13 items")
    assert (selling.points("1"), selling.points("1.240")) == ("point", "points")


@pytest.mark.parametrize("state", PrinterState)
def test_the_printer_is_never_silent(language: Language, state: PrinterState) -> None:
    assert selling.printer(state)


def test_what_goes_back_beside_new_goods_names_each_card_and_the_cash(language: Language) -> None:
    exchange = ExchangeView("2-000311", rupiah(260_000), rupiah(86_500), cards=((CARD, rupiah(74_000)),))
    assert paying.nothing_left(exchange, language) == "Goes back to the customer"
    assert [(row.label, row.figure) for row in paying.goes_back(exchange, language)] == [
        (CARD.label, "Rp\N{NO-BREAK SPACE}74.000"),
        ("Cash", "Rp\N{NO-BREAK SPACE}12.500"),
    ]


def test_all_in_cash_is_one_sentence(language: Language) -> None:
    exchange = ExchangeView("2-000311", rupiah(260_000), rupiah(86_500))
    assert paying.nothing_left(exchange, language) == "Give back Rp\N{NO-BREAK SPACE}86.500 in cash"
    assert paying.goes_back(exchange, language) == []


def test_a_terminal_that_gives_back_names_the_card_it_knows(language: Language) -> None:
    language.choose("en")
    told = TerminalView(PaymentMode.CARD, rupiah(5), giving_back=True, label=CARD.label)
    assert paying.money_goes_back(told) == f"The money goes back: {CARD.label}"
    assert paying.money_goes_back(TerminalView(PaymentMode.CARD, rupiah(5), giving_back=True)) == "The money goes back"
