"""The language on the screen: which one it is, how it writes figures, and the signal that it changed.

The translations lie in ``resources/i18n`` as ``tukar_<language>.ts``, the compiled ``.qm`` beside them. After a
sentence was changed ``python -m tukar.ui.translations`` brings both up to date: new sentences appear in the ``.ts``
files as unfinished, translate them there and run it again. A test fails until that is done.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTranslator, Signal

from tukar.resources import find_resources
from tukar.ui.format import Format

if TYPE_CHECKING:
    from tukar.domain.money import Currency
    from tukar.domain.offer import LocalName

SOURCE: Final = "en"
TRANSLATED: Final = ("id", "hi")
LANGUAGES: Final = (SOURCE, *TRANSLATED)
NAMES: Final = {"en": "English", "id": "Bahasa Indonesia", "hi": "हिन्दी"}


class Language(QObject):
    """The language in use, handed to every screen; ``changed`` comes after each switch, with everything in place.

    A screen asks ``format`` for figures and ``name`` for the shop's own words each time it shows something, and shows
    its model again when the language changed.
    """

    changed = Signal()

    def __init__(self, folder: Path, currency: Currency, code: str = SOURCE) -> None:
        super().__init__()
        self._folder = folder
        self._translator: QTranslator | None = None
        self._format = Format(currency, SOURCE)
        self.choose(code)

    @property
    def code(self) -> str:
        return self._format.language

    @property
    def format(self) -> Format:
        return self._format

    def name(self, words: LocalName) -> str:
        """The shop's own words for a thing in this language."""
        return words.in_language(self.code)

    def choose(self, code: str) -> None:
        """Speaks another language from now on; English where there is no translation."""
        code = code if code in LANGUAGES else SOURCE
        if code == self.code and self._translator is not None:
            return
        self.close()
        if code != SOURCE:
            translator = QTranslator(self)
            if translator.load(str(self._folder / f"tukar_{code}.qm")):
                QCoreApplication.installTranslator(translator)
                self._translator = translator
            else:
                code = SOURCE
        self._format = Format(self._format.currency, code)
        self.changed.emit()

    def use_currency(self, currency: Currency) -> None:
        """Writes figures for another currency: the shop was heard of."""
        self._format = Format(currency, self.code)
        self.changed.emit()

    def close(self) -> None:
        """Takes the translation out of the application."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator.deleteLater()
            self._translator = None


def sources(folder: Path) -> list[Path]:
    """Every module that may hold sentences."""
    return sorted(path for path in folder.rglob("*.py") if "kit" not in path.relative_to(folder).parts)


def gather(modules: Sequence[Path], ts: Path, language: str) -> None:
    """Writes the sentences of ``modules`` into ``ts``, keeping what is translated there."""
    names = [str(module) for module in modules]
    options = ["-no-obsolete", "-locations", "none", "-source-language", SOURCE, "-target-language", language]
    _run("lupdate", *names, *options, "-ts", str(ts))


def compile_translations(ts: Path, qm: Path) -> None:
    """Turns ``ts`` into what Qt loads."""
    _run("lrelease", "-silent", str(ts), "-qm", str(qm))


def _run(tool: str, *words: str) -> None:
    import subprocess

    program = Path(sys.executable).parent / f"pyside6-{tool}"
    subprocess.run([str(program), *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed words


def main() -> int:
    """Brings the translations in ``resources/i18n`` up to date; 1 while sentences are untranslated."""
    folder = find_resources() / "i18n"
    unfinished = 0
    for language in TRANSLATED:
        ts = folder / f"tukar_{language}.ts"
        gather(sources(Path(__file__).parent), ts, language)
        compile_translations(ts, ts.with_suffix(".qm"))
        open_ones = ts.read_text(encoding="utf-8").count('type="unfinished"')
        sys.stdout.write(f"{ts.name}: {open_ones} sentences to translate\n")
        unfinished += open_ones
    return 1 if unfinished else 0


if __name__ == "__main__":
    raise SystemExit(main())
