"""What happens while nobody has to press anything: done, under way, still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tukar.ui.kit.icons import Icon
from tukar.ui.kit.look import Look, follow
from tukar.ui.kit.motion import Turning, draw_ring
from tukar.ui.kit.paint import Brush, Edge, Ink, painting
from tukar.ui.kit.tokens import Colour, Role

_ROW, _SIGN, _LEAD = 48, 24, 38


class StepState(StrEnum):
    """How far a step has come."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True)
class Step:
    """``accessible`` says the words and the state ("Amount sent, done")."""

    words: str
    state: StepState
    accessible: str


class StepsList(QWidget):
    """Steps of 48 px: a tick, a turning ring or an empty circle before the words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._steps: tuple[Step, ...] = ()
        self._turning = Turning(self, look)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, look)

    def show_steps(self, steps: Sequence[Step]) -> None:
        self._steps = tuple(steps)
        self.setAccessibleName(". ".join(step.accessible for step in self._steps))
        self._turn()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        widest = max((theme.width(Role.STRONG, step.words) for step in self._steps), default=0.0)
        return QSize(round(widest + _LEAD + 1), _ROW * len(self._steps))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turn()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turning.stop()

    def restyle(self) -> None:
        """Turn or stand still as the wish for reduced motion says."""
        self._turn()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            for place, step in enumerate(self._steps):
                row = QRectF(0, place * _ROW, self.width(), _ROW)
                self._sign(brush, row, step.state)
                ink = Ink(Role.BODY)
                if step.state is StepState.NOW:
                    ink = Ink(Role.STRONG)
                elif step.state is StepState.NEXT:
                    ink = Ink(Role.BODY, Colour.INK_3)
                brush.write(row.adjusted(_LEAD, 0, 0, 0), step.words, ink)

    def _sign(self, brush: Brush, row: QRectF, state: StepState) -> None:
        middle = row.center().y()
        if state is StepState.DONE:
            brush.icon(Icon.CHECK, 0, middle, _SIGN, Colour.INK)
        elif state is StepState.NOW:
            draw_ring(brush, QRectF(2, middle - 10, 20, 20), brush.theme.colour(Colour.INK), self._turning.angle)
        else:
            brush.disc(QPointF(_SIGN / 2, middle), 11, None, Edge(Colour.EDGE, 2.0))

    def _turn(self) -> None:
        if self.isVisible() and any(step.state is StepState.NOW for step in self._steps):
            self._turning.start()
        else:
            self._turning.stop()
