"""The UI toolkit: everything the screens are drawn with. It knows tokens, strings and callables; no till, no money.

Look. ``look = open_look(find_resources())`` loads fonts and tokens; ``dress(app, look, styles)`` colours Qt's parts.
Every widget takes the ``Look`` first and reads ``look.theme`` when it paints; ``look.choose(Scheme)``,
``look.resize(SizeClass.for_width(w))`` and ``look.reduce_motion(reduced=)`` switch at run time and emit
``look.changed``. A widget painted by a screen calls ``follow(self, look)`` once and paints in ``with painting(self,
look) as brush`` with ``brush.write runs rr fill hairline icon disc``. ``Ink(role, colour, align, strike=, may_cut=,
weight=, scale=)`` says how a text is written; ``look.on_spill`` hears of every text cut without ``may_cut``.
``theme.layout space radius touch strokes`` hold the sizes, ``look.motion`` the times in ms.

Words
    Text(look, text, Ink, wrap=): setText set_ink set_icon. Figure(look, text, Ink, unit=): set_figure set_ink.
    Ledger(look, spacing): show_rows([LedgerRow(label, figure, label_ink, figure_ink, note, rule)]).
Buttons: signal clicked; label set_label set_key set_picture(Icon) set_height set_busy(busy=, word=)
    PrimaryAction(look, label, key="Enter", icon=): set_next(is_next=, key=) put_in_sheet. KeyBarButton(look, label,
    key=, icon=), laid out by KeyRow(look): take(groups). NeutralButton(look, label, key=, icon=).
    QuietButton(look, label, icon=, danger=, flush=).
    TileButton(look, name, price): set_item(name, price, Thumb(initials, tone, image)).
    Checkable, to be grouped in a QButtonGroup: Choice(look, label),
    TenderChoice(look, label, icon), PersonChoice(look, name, initials=, title=): set_person.
    Buttons never take the focus by touch, and leave Enter to the window.
Typing
    Field(look, name, placeholder=, icon=, key=): edited(str); text set_text set_words
    set_wrong(sentence) set_next, line.
    AmountField(look, name, sign=, group=digits to str): changed(digits); set_digits(fresh=) type_digits erase clear.
    Keypad(look, corner=, erase_name=, clear_name=): typed(str) erased cleared; set_corner set_words.
    CodeBoxes and PinDots(look, name, length=6): edited(str) completed(str); type_digits erase clear_digits reset
    set_wrong. PointSlider(look, name, speak=int to str), a QSlider: set_limits(most, step=, suggest=).
Telling
    NoticeStrip(look): show_notice(Tone, sentence, icon=) set_button. ProgressBarThin(look, name, colour):
    set_share(0 to 1, spoken). Spinner(look, name, size). StepsList(look): show_steps([Step(words, StepState,
    accessible)]). QrView(look, name, module): show_matrix. kit.plot, imported apart: Plot(look, name):
    show_days([Day(label, taken, declined, lost)], PlotWords).
Places
    Plane(look, Colour, Side). Hairline(look). Card(look, parent, name): rise_at(QRect) put_at leave.
    Sheet(look, window, name, QSize): content goes into ``panel``; open_sheet(first) close_sheet;
    signals dismissed (Esc) and entered.
Lists
    RowList(look, delegate, name): chosen(row) picked(row); show_rows(rows) choose(row) current_row content_height.
    BillRow: BillLineDelegate. HitRow: HitDelegate (``next_key``). PromotionRow: PromotionRowDelegate. OfferRow:
    OfferRowDelegate. TenderRow: TenderRowDelegate. A row is read through ``ROW`` and spoken as ``row.accessible``.
Only a manager's, each imported apart
    kit.table: Table(look, name, [Column]): chosen(row) picked(row) sorted_by(column, descending) near_end
    focused(bool); show_rows([[Cell]]) show_sorted set_columns choose.
    kit.chip: FilterChip(look, label, icon): set_filter(narrows=).
    kit.bars: Bars(look, name, colour): show_bars([Bar(label, value)], write, spoken). kit.ranking: RankRow,
    RankDelegate for a RowList. kit.month: MonthView(look, name): picked(day) walked(day); show_span.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tukar.ui.kit.actions import NeutralButton, PrimaryAction, QuietButton
    from tukar.ui.kit.bar import ProgressBarThin
    from tukar.ui.kit.button import KitButton
    from tukar.ui.kit.choice import Choice, PersonChoice, TenderChoice
    from tukar.ui.kit.code import CodeBoxes, PinDots
    from tukar.ui.kit.delegates import (
        BillLineDelegate,
        HitDelegate,
        OfferRowDelegate,
        PromotionRowDelegate,
        RowDelegate,
        TenderRowDelegate,
    )
    from tukar.ui.kit.field import AmountField, Field
    from tukar.ui.kit.floating import Card, Sheet
    from tukar.ui.kit.icons import Icon, Icons
    from tukar.ui.kit.keybar import KeyBarButton, KeyRow
    from tukar.ui.kit.keypad import Keypad
    from tukar.ui.kit.ledger import Ledger, LedgerRow
    from tukar.ui.kit.look import Look, Spill, dress, follow, load_fonts, open_look
    from tukar.ui.kit.motion import Spinner
    from tukar.ui.kit.notice import NoticeStrip, Tone
    from tukar.ui.kit.paint import CENTRE, LEFT, RIGHT, Brush, Edge, Ink, painting
    from tukar.ui.kit.plane import Hairline, Plane, Side
    from tukar.ui.kit.qr import QrView
    from tukar.ui.kit.rows import (
        ROW,
        BillRow,
        HitRow,
        OfferRow,
        PromotionKind,
        PromotionRow,
        Row,
        RowList,
        RowModel,
        TenderRow,
    )
    from tukar.ui.kit.slider import PointSlider
    from tukar.ui.kit.steps import Step, StepsList, StepState
    from tukar.ui.kit.text import Figure, Text
    from tukar.ui.kit.theme import Theme, make_theme
    from tukar.ui.kit.tile import Thumb, TileButton
    from tukar.ui.kit.tokens import Colour, Elevation, Role, Scheme, SizeClass, Tokens, read_tokens
else:
    from tukar import late

    __getattr__ = late(
        __name__,
        "tokens",
        "theme",
        "look",
        "icons",
        "paint",
        "plane",
        "text",
        "motion",
        "button",
        "actions",
        "field",
        "code",
        "choice",
        "keypad",
        "notice",
        "floating",
        "bar",
        "steps",
        "ledger",
        "keybar",
        "tile",
        "qr",
        "slider",
        "rows",
        "delegates",
    )

__all__ = [
    "CENTRE",
    "LEFT",
    "RIGHT",
    "ROW",
    "AmountField",
    "BillLineDelegate",
    "BillRow",
    "Brush",
    "Card",
    "Choice",
    "CodeBoxes",
    "Colour",
    "Edge",
    "Elevation",
    "Field",
    "Figure",
    "Hairline",
    "HitDelegate",
    "HitRow",
    "Icon",
    "Icons",
    "Ink",
    "KeyBarButton",
    "KeyRow",
    "Keypad",
    "KitButton",
    "Ledger",
    "LedgerRow",
    "Look",
    "NeutralButton",
    "NoticeStrip",
    "OfferRow",
    "OfferRowDelegate",
    "PersonChoice",
    "PinDots",
    "Plane",
    "PointSlider",
    "PrimaryAction",
    "ProgressBarThin",
    "PromotionKind",
    "PromotionRow",
    "PromotionRowDelegate",
    "QrView",
    "QuietButton",
    "Role",
    "Row",
    "RowDelegate",
    "RowList",
    "RowModel",
    "Scheme",
    "Sheet",
    "Side",
    "SizeClass",
    "Spill",
    "Spinner",
    "Step",
    "StepState",
    "StepsList",
    "TenderChoice",
    "TenderRow",
    "TenderRowDelegate",
    "Text",
    "Theme",
    "Thumb",
    "TileButton",
    "Tokens",
    "Tone",
    "dress",
    "follow",
    "load_fonts",
    "make_theme",
    "open_look",
    "painting",
    "read_tokens",
]
