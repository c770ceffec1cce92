"""Shows a notice of the till in the toolkit's strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tukar.till.notices import Level
from tukar.ui.kit import Icon, Tone
from tukar.ui.wording.notices import sentence

if TYPE_CHECKING:
    from tukar.till.notices import Notice
    from tukar.ui.kit import NoticeStrip
    from tukar.ui.translations import Language

_TONES = {Level.INFO: Tone.CALM, Level.WARN: Tone.WARN, Level.DANGER: Tone.DANGER}


def tell(strip: NoticeStrip, notice: Notice | None, language: Language) -> None:
    """Shows ``notice`` or hides the strip; the clock stands only beside what runs out."""
    if notice is None:
        strip.show_notice(Tone.CALM, "")
        return
    urgent = notice.level is Level.WARN and notice.seconds is None
    strip.show_notice(_TONES[notice.level], sentence(notice, language), icon=Icon.ALERT if urgent else None)
