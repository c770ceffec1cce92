"""Whether every sentence can be said in every language, and the files say so too.

After a change of a sentence run ``python -m tukar.ui.translations``, translate what it reports, and run it again.
"""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

import tukar.ui
from tukar.domain.money import Currency
from tukar.domain.offer import LocalName
from tukar.ui.translations import TRANSLATED, Language, compile_translations, gather, sources

IDR = Currency("IDR", 0)
COMMAND = "run python -m tukar.ui.translations"
_FIELD = re.compile(r"{\w+}")


def sentences(ts: Path) -> dict[tuple[str, str], str | None]:
    """Source by context, and its translation, None while unfinished."""
    found: dict[tuple[str, str], str | None] = {}
    for context in ET.parse(ts).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            told = message.find("translation")
            assert told is not None
            done = None if told.get("type") else told.text
            found[context.findtext("name", ""), message.findtext("source", "")] = done
    return found


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_and_the_files_are_up_to_date(
    language: str, resources: Path, tmp_path: Path
) -> None:
    committed = resources / "i18n" / f"tukar_{language}.ts"
    ts = tmp_path / committed.name
    shutil.copy(committed, ts)
    gather(sources(Path(tukar.ui.__path__[0])), ts, language)
    fresh = sentences(ts)
    assert fresh.keys() == sentences(committed).keys(), COMMAND
    assert [source for source, told in fresh.items() if not told] == [], COMMAND
    compile_translations(committed, tmp_path / "tukar.qm")
    assert (tmp_path / "tukar.qm").read_bytes() == committed.with_suffix(".qm").read_bytes(), COMMAND


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_same_figures_in_it(language: str, resources: Path) -> None:
    for (_, source), told in sentences(resources / "i18n" / f"tukar_{language}.ts").items():
        assert sorted(_FIELD.findall(source)) == sorted(_FIELD.findall(told or "")), source


def test_the_words_are_short_and_spoken(resources: Path) -> None:
    """visual.md, "Words": no "please", "error", "invalid", no exclamation mark."""
    for _, source in sentences(resources / "i18n" / "tukar_id.ts"):
        words = set(re.findall(r"[a-z]+", source.lower()))
        assert not words & {"please", "error", "invalid", "sorry", "oops", "failed"}, source
        assert "!" not in source, source


@pytest.mark.parametrize(
    ("context", "english", "indonesian"),
    [
        ("Sale", "Pay", "Bayar"),
        ("Offer", "Apply", "Pakai"),
        ("Redeem", "Redeem {points}", "Tukar {points}"),
        ("Offer", "{points} more points: {name}", "{points} poin lagi: {name}"),
        ("Offer", "Use {points} points, save {money}", "Pakai {points} poin, hemat {money}"),
        ("Reason", "Add {money}", "Tambah {money}"),
        ("Reason", "Ended yesterday", "Berakhir kemarin"),
        ("Offer", "Instead of {names}", "Sebagai ganti {names}"),
        (
            "Notice",
            "That code is not right. Type it again or send a new one.",
            "Kode salah. Ketik lagi atau kirim kode baru.",
        ),
        ("Notice", "Selling works. Points wait for the line.", "Jualan jalan terus. Poin menunggu jaringan."),
        (
            "Payment",
            "Nothing to do here. The bill saves itself when the bank answers.",
            "Tidak perlu menekan apa pun. Nota tersimpan sendiri begitu bank menjawab.",
        ),
    ],
)
def test_the_words_of_the_design_are_those_on_the_screen(
    qapp: QApplication, resources: Path, context: str, english: str, indonesian: str
) -> None:
    language = Language(resources / "i18n", IDR, "id")
    assert QCoreApplication.translate(context, english) == indonesian
    language.choose("en")
    assert QCoreApplication.translate(context, english) == english
    language.close()


def test_the_language_is_switched_at_run_time(qapp: QApplication, resources: Path) -> None:
    heard: list[str] = []
    language = Language(resources / "i18n", IDR)
    language.changed.connect(lambda: heard.append(language.code))
    language.choose("id")
    assert language.name(LocalName("Free tea", {"id": "Gratis teh"})) == "Gratis teh"
    assert language.format.language == "id"
    language.choose("hi")
    language.choose("xx")
    assert heard == ["id", "hi", "en"]
    assert language.name(LocalName("Free tea", {"id": "Gratis teh"})) == "Free tea"
    language.close()


def test_without_the_files_it_speaks_english(qapp: QApplication, tmp_path: Path) -> None:
    language = Language(tmp_path, IDR, "id")
    assert language.code == "en"
