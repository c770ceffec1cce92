"""Figures and plots of what the filter comes to: four figures at the left, one picture at the right."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tukar.domain.applied import PromotionOutcome, PromotionSummary, RuleFigures
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.till.managing.promotions import Measure, PromotionsModel
from tukar.till.managing.series import Stretch, main_points, stretches
from tukar.ui.kit import LEFT, Colour, Figure, Ink, Look, Role, RowList, SizeClass, Text
from tukar.ui.kit.bars import Bar, Bars
from tukar.ui.kit.plot import Day, Plot, PlotWords
from tukar.ui.kit.ranking import RankDelegate, RankRow
from tukar.ui.translations import Language
from tukar.ui.wording import managing

_FIGURES_WIDE: Final = {SizeClass.COMPACT: 336, SizeClass.REGULAR: 392, SizeClass.WIDE: 560}
_HIGH: Final = {SizeClass.COMPACT: 168, SizeClass.REGULAR: 176, SizeClass.WIDE: 256}
_RANKS: Final = 20
_CAPTION: Final = Ink(Role.BODY, Colour.INK_2)
_PARTS: Final = (PromotionOutcome.TAKEN, PromotionOutcome.DECLINED, PromotionOutcome.LOST)


class Overview(QWidget):
    """Shows ``summary`` by the measure of the model. ``rule_chosen`` carries a promotion touched among the top ones."""

    rule_chosen = Signal(str)

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._rules: tuple[RuleFigures, ...] = ()
        self._figures = [(Figure(look, "", Ink(Role.FIGURE, align=LEFT)), Text(look, "", _CAPTION)) for _ in range(4)]
        self.take_up = Plot(look, "")
        self.discount = Bars(look, "")
        self.points = Bars(look, "")
        self.ranks = RowList(look, RankDelegate(look), "")
        self.ranks.picked.connect(self._picked)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        for place, (figure, caption) in enumerate(self._figures):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(figure)
            cell.addWidget(caption)
            cell.addStretch(1)
            grid.addLayout(cell, place // 2, place % 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self._left = QWidget()
        self._left.setLayout(grid)
        right = QWidget()
        self._pictures = QStackedLayout(right)
        self._by_measure: dict[Measure, QWidget] = {
            Measure.TAKE_UP: self.take_up,
            Measure.DISCOUNT: self.discount,
            Measure.POINTS: self.points,
            Measure.RULES: self.ranks,
        }
        for picture in self._by_measure.values():
            self._pictures.addWidget(picture)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(24)
        columns.addWidget(self._left)
        columns.addWidget(right, 1)
        look.changed.connect(self._resize)
        self._resize()

    def show_promotions(self, model: PromotionsModel) -> None:
        self._pictures.setCurrentWidget(self._by_measure[model.measure])
        if model.summary is None or model.choices is None or model.wanted is None:
            return
        self._show_figures(model.summary)
        points = main_points(model.summary.total)
        programme = "" if points is None else points.programme_id
        found = stretches(model.summary, model.wanted.days, model.choices.today, programme)
        self._show_days(found)
        nothing = Points(0) if points is None else points.spent
        self._show_measures(found, model.summary.total.discount, nothing)
        self._show_ranks(model.summary.rules, model.wanted.narrow.rule_id)

    def _show_figures(self, summary: PromotionSummary) -> None:
        total, write = summary.total, self._language.format
        points = main_points(total)
        shown = (
            managing.offered(total.offered, self._language),
            managing.taken(total.taken, total.offered, self._language),
            (write.money(total.discount), managing.given_away()),
            ("0" if points is None else write.points(points.spent), managing.points_used()),
        )
        for (figure, caption), (text, words) in zip(self._figures, shown, strict=True):
            figure.set_figure(text)
            caption.setText(words)
            figure.setAccessibleName(f"{text} {words}")

    def _show_days(self, found: Sequence[Stretch]) -> None:
        taken, declined, lost = (managing.outcome(one) for one in _PARTS)
        words = PlotWords(taken, declined, lost, self._spoken_days(found))
        self.take_up.setAccessibleName(managing.measure(Measure.TAKE_UP))
        labels = self._labels(found)
        self.take_up.show_days(
            [Day(label, one.taken, one.declined, one.lost) for label, one in zip(labels, found, strict=True)],
            words,
        )

    def _show_measures(self, found: Sequence[Stretch], money: Money, points: Points) -> None:
        write, labels = self._language.format, self._labels(found)

        def in_money(minor: int) -> str:
            return write.money(Money(minor, money.currency))

        def in_points(units: int) -> str:
            return write.points(Points(units, points.digits))

        for plot, measure, values, speak in (
            (self.discount, Measure.DISCOUNT, [one.discount for one in found], in_money),
            (self.points, Measure.POINTS, [one.spent for one in found], in_points),
        ):
            most = max(values, default=0)
            spoken = managing.nothing_in_plot()
            if most > 0:
                spoken = managing.plot_of_measure(labels[values.index(most)], speak(most))
            plot.setAccessibleName(managing.measure(measure))
            plot.show_bars([Bar(label, value) for label, value in zip(labels, values, strict=True)], speak, spoken)

    def _show_ranks(self, rules: tuple[RuleFigures, ...], chosen: str) -> None:
        self._rules = rules[:_RANKS]
        self.ranks.setAccessibleName(managing.measure(Measure.RULES))
        write = self._language.format
        most = max((rule.figures.discount.minor for rule in self._rules), default=0)
        rows = []
        for rule in self._rules:
            name, figure = self._language.name(rule.name), write.money(rule.figures.discount)
            count = rule.figures.taken + rule.figures.by_itself
            note = QCoreApplication.translate("Manager", "{count} times").format(count=write.number(count))
            share = max(rule.figures.discount.minor, 0) / most if most > 0 else 0.0
            rows.append(RankRow(name, figure, note, share, f"{name}, {figure}, {note}"))
        self.ranks.show_rows(rows)
        places = [place for place, rule in enumerate(self._rules) if rule.rule_id == chosen]
        self.ranks.choose(places[0] if places else -1)

    def _labels(self, found: Sequence[Stretch]) -> list[str]:
        """Days by their number within one month, else with the month; weeks and months by their first day."""
        write = self._language.format
        if len({(one.first.year, one.first.month) for one in found}) <= 1 and all(
            one.first == one.last for one in found
        ):
            return [str(one.first.day) for one in found]
        return [write.day(one.first) for one in found]

    def _spoken_days(self, found: Sequence[Stretch]) -> str:
        best = max(found, key=lambda one: one.taken, default=None)
        if best is None or not any(one.taken or one.declined or one.lost for one in found):
            return managing.nothing_in_plot()
        lost = sum(one.lost for one in found)
        return managing.plot_of_days(self._language.format.day(best.first), best.taken, lost, self._language)

    def _picked(self, row: int) -> None:
        self.rule_chosen.emit(self._rules[row].rule_id)

    def _resize(self) -> None:
        size = self._look.theme.size
        self._left.setFixedWidth(_FIGURES_WIDE[size])
        self.setFixedHeight(_HIGH[size])
