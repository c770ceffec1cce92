"""A technician sets up a shop of one's own: made, filled, changed; and what stands in the way is said."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tukar.bootstrap.backend_house import backend_folder, opened_backend, operator_of
from tukar.bootstrap.commands import run_import
from tukar.bootstrap.options import ImportOptions, PeopleOptions, PublishOptions, ShopOptions
from tukar.bootstrap.outcome import CommandRefused
from tukar.bootstrap.people_import import run_salespeople, run_staff_import
from tukar.bootstrap.publishing import run_publish
from tukar.bootstrap.shopkeeping import ask_unseen, run_change, run_create, run_show, run_template
from tukar.domain.item import Item
from tukar.domain.people import Role, StaffMember
from tukar.server import catalogue, shops, staff
from tukar.server.shop_file import sample_text
from tukar.server.shops import Shop

PIN, PASSWORD = "586970", "gula-pasir-5"
RULES = {
    "format": "tukar-programme/1",
    "version": 1,
    "currency": {"code": "IDR", "minor_digits": 0},
    "accounts": [{"id": "poin", "name": "Points"}],
    "rules": [],
}


@dataclass
class Asked:
    """A technician at the keyboard."""

    answers: list[str] = field(default_factory=lambda: [PIN, PASSWORD])
    words: list[str] = field(default_factory=list)

    def __call__(self, words: str) -> str:
        self.words.append(words)
        return self.answers.pop(0)


@dataclass(frozen=True)
class Place:
    """A data folder and a folder of files beside it."""

    data: Path
    files: Path

    def file(self, name: str, text: str) -> Path:
        path = self.files / name
        path.write_text(text, encoding="utf-8")
        return path

    def create(self, text: str = sample_text(), asked: Asked | None = None, **more: object) -> int:
        options = ShopOptions(self.file("shop.toml", text), data=self.data)
        return run_create(replace(options, **more), asked or Asked())  # type: ignore[arg-type]

    def staff(self) -> dict[str, StaffMember]:
        with opened_backend("", backend_folder(self.data)) as backend:
            people = backend.perform(lambda call, _: staff.everybody(call), None, operator_of(backend, ""))
        return {one.staff_id: one for one in people}

    def shop(self) -> Shop:
        with opened_backend("", backend_folder(self.data)) as backend:
            return backend.perform(lambda call, _: shops.load(call), None, operator_of(backend, ""))

    def items(self) -> Mapping[str, Item]:
        with opened_backend("", backend_folder(self.data)) as backend:
            operator = operator_of(backend, "")
            currency = self.shop().currency
            return backend.perform(lambda call, _: catalogue.items_of(call, ["T1", "R1"], currency), None, operator)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "files").mkdir()
    return Place(tmp_path / "data", tmp_path / "files")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A shop that the tests below change, each in its own corner."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "files").mkdir()
    place = Place(folder / "data", folder / "files")
    assert place.create() == 0
    return place


def refusal(place: Place, text: str, asked: Asked | None = None) -> str:
    with pytest.raises(CommandRefused) as refused:
        place.create(text, asked)
    assert "\n" not in str(refused.value)
    assert not place.data.exists()
    return str(refused.value)


def test_a_shop_has_a_manager_who_signs_in_and_a_code_for_its_first_till(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Asked()
    assert place.create(asked=asked, till="7", as_json=True) == 0
    assert asked.words == ["PIN of Manager", "Password of Manager"]
    said = capsys.readouterr().out
    told = json.loads(said)
    assert (told["shop"], told["till"], told["minutes"], len(told["code"])) == ("SHOP1", "7", 10, 9)
    assert PIN not in said
    assert PASSWORD not in said
    (manager,) = place.staff().values()
    assert manager.role is Role.MANAGER
    with opened_backend("", backend_folder(place.data)) as backend:
        assert backend.equipment.passwords.matches(manager.pin_hash, PIN)
        assert backend.equipment.passwords.matches(manager.password_hash, PASSWORD)
    (token,) = backend_folder(place.data).glob("operator-SHOP1.token")
    assert token.stat().st_mode & 0o077 == 0


def test_what_is_printed_to_start_from_makes_a_shop(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_template() == 0
    assert place.create(capsys.readouterr().out) == 0
    assert "Manager is its manager.\n" in capsys.readouterr().out


def test_nothing_is_made_of_half_a_shop(place: Place) -> None:
    sample = sample_text()
    assert "shop.name is missing" in refusal(place, sample.replace('name = "Toko Baru"', ""))
    start, end = sample.index("[manager]"), sample.index("# What a word")
    assert "names nobody below [manager]" in refusal(place, sample[:start] + sample[end:])
    assert refusal(place, sample, Asked(["12345", PASSWORD])) == "The PIN has 6 digits. Start again; nothing was made."
    assert "at least 8 characters" in refusal(place, sample, Asked([PIN, "short"]))
    with pytest.raises(CommandRefused, match="no such file"):
        run_create(ShopOptions(place.files / "nothing.toml", data=place.data), Asked())


def test_a_shop_is_made_once(made: Place) -> None:
    with pytest.raises(CommandRefused, match="There is a shop SHOP1 already"):
        made.create()


def test_credentials_come_from_the_standard_input_where_it_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n{PASSWORD}\n"))
    assert (ask_unseen("PIN"), ask_unseen("Password")) == (PIN, PASSWORD)


def test_what_is_in_force_is_taken_out_changed_and_given_back(made: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_show(ShopOptions(data=made.data)) == 0
    text = capsys.readouterr().out
    changed = text.replace("late_hours = 24", "late_hours = false").replace('percent = "20"', 'percent = "30"')
    options = ShopOptions(made.file("changed.toml", changed), data=made.data)
    assert run_change(options) == 0
    assert capsys.readouterr().out == "The shop SHOP1 is changed.\n"
    shop = made.shop()
    assert (shop.settings.review.late_hours, shop.profile.limits[0].percent) == (None, "30")
    assert run_change(options) == 0
    assert "was like that already" in capsys.readouterr().out
    money = ShopOptions(made.file("money.toml", text.replace('code = "IDR"', 'code = "INR"')), data=made.data)
    with pytest.raises(CommandRefused, match="currency of a shop does not change"):
        run_change(money)
    other = ShopOptions(made.file("other.toml", text.replace("SHOP1", "SHOP2")), data=made.data)
    with pytest.raises(CommandRefused, match="no shop SHOP2"):
        run_change(other)


def test_the_shops_words_for_taxes_count_in_its_catalogue(made: Place) -> None:
    file = made.file("articles.csv", "sku,name,price,tax\nT1,Tea,4000,ppn\nR1,Rice,74500,\n")
    assert run_import(ImportOptions(file, data=made.data)) == 0
    items = made.items()
    (ppn,) = items["T1"].taxes
    assert (ppn.name, str(ppn.rate), ppn.included) == ("PPN", "11", True)
    assert not items["R1"].taxes


def people(made: Place, text: str, **more: object) -> int:
    options = PeopleOptions(made.file("staff.csv", text), data=made.data)
    return run_staff_import(replace(options, **more))  # type: ignore[arg-type]


def test_staff_comes_from_a_table_and_an_empty_pin_leaves_what_there_is(
    made: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "id,name,role,pin,password\nani,Ani,cashier,142536,kopi-susu\nbudi,Budi,supervisor,475869,\n"
    assert people(made, table, dry_run=True) == 0
    assert set(made.staff()) == {"manager"}
    assert people(made, table) == 0
    said = capsys.readouterr().out
    assert "2 members of staff, all good; 2 of them new\n" in said
    assert "it holds PINs" in said
    before = made.staff()["ani"]
    assert people(made, "id,name,role,active\nani,Ani Lestari,supervisor,\nbudi,Budi,cashier,no\n", as_json=True) == 0
    after = made.staff()
    assert (after["ani"].pin_hash, after["ani"].name, after["ani"].role) == (
        before.pin_hash, "Ani Lestari", Role.SUPERVISOR,
    )  # fmt: skip
    assert not after["budi"].active
    assert json.loads(capsys.readouterr().out) == {"staff": 2, "new": 0, "bad_rows": []}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("x y,Ani,cashier,142536,", "the id is up to 64 letters"),
        ("c1,,cashier,142536,", "the name has from 1 to 120 characters"),
        ("c1,Ani,boss,142536,", "the role is one of cashier, supervisor, manager, technician"),
        ("c1,Ani,cashier,14253,", "the PIN has 6 digits"),
        ("c1,Ani,cashier,142536,short", "the password has at least 8 characters"),
        ("c1,Ani,cashier,,", "c1 is new and has no PIN"),
    ],
)
def test_a_bad_row_keeps_everybody_out_and_is_named(
    made: Place, row: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(made.staff())
    assert people(made, f"id,name,role,pin,password\nc0,Cici,cashier,142536,\n{row}\n") == 2
    said = capsys.readouterr().err
    assert f"line 3: {words}" in said
    assert "14253" not in said.replace("142536", "")
    assert set(made.staff()) == before


def test_a_name_stands_once_and_a_manager_is_left(made: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert people(made, "id,name,role,pin\nc0,Cici,cashier,142536\nc0,Dedi,cashier,142536\n") == 2
    assert "line 3: c0 stands in line 2 already" in capsys.readouterr().err
    assert people(made, "id,name,role,active\nmanager,Manager,manager,no\n") == 2
    assert "line 2: nobody would be manager" in capsys.readouterr().err
    with pytest.raises(CommandRefused, match="no column is headed 'role'"):
        people(made, "id,name\nc0,Cici\n")


def test_salespeople_come_in_the_order_of_their_table(made: Place, capsys: pytest.CaptureFixture[str]) -> None:
    options = PeopleOptions(made.file("people.csv", "id,name\nSP2,Made\nSP1,Agus\n"), data=made.data)
    assert run_salespeople(replace(options, dry_run=True)) == 0
    assert run_salespeople(options) == 0
    assert capsys.readouterr().out.endswith("2 salespeople, all good\n")
    with opened_backend("", backend_folder(made.data)) as backend:
        found = backend.perform(staff.salespeople, None, operator_of(backend, "")).salespeople
    assert [one.name for one in found] == ["Made", "Agus"]
    bad = PeopleOptions(made.file("people.csv", "id,name\nSP 2,Made\n"), data=made.data)
    assert run_salespeople(bad) == 2


@pytest.fixture
def published(made: Place) -> PublishOptions:
    return PublishOptions(made.file("rules.json", json.dumps(RULES)), data=made.data)


def test_rules_come_in_force_once(published: PublishOptions, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_publish(published) == 0
    assert capsys.readouterr().out == "0 rules are in force as version 1\n"
    assert run_publish(replace(published, as_json=True)) == 0
    assert json.loads(capsys.readouterr().out) == {"version": 1, "changed": False, "rules": 0}


@pytest.mark.parametrize(
    ("change", "words"),
    [({"format": "other"}, "has 1 mistakes"), ({"currency": {"code": "GBP", "minor_digits": 2}}, "IDR with 0 digits")],
)
def test_rules_with_a_mistake_or_in_other_money_stay_out(made: Place, change: dict[str, object], words: str) -> None:
    file = made.file("bad.json", json.dumps(RULES | change))
    with pytest.raises(CommandRefused, match=words) as refused:
        run_publish(PublishOptions(file, data=made.data))
    assert "rules stay as they were" in str(refused.value)
