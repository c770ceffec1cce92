"""The file of a shop: it explains itself, comes back as it was written, and what does not fit is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.server.world import World
from tukar.domain.people import Role
from tukar.server import shops
from tukar.server.call import Caller, CallerKind
from tukar.server.refusing import Refused
from tukar.server.seed import ShopSeed, load_shop
from tukar.server.shop_file import ShopFile, ShopFileError, read_shop, sample_text, shop_text
from tukar.server.shops import ReviewSettings, ShopSettings, TaxRate
from tukar.wire.amounts import WireCurrency
from tukar.wire.approvals import WireRoleLimits
from tukar.wire.shop import WireShop

SAMPLE = sample_text()
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
count = st.integers(0, 10**9)
threshold = st.none() | count
shop_files = st.builds(
    ShopFile,
    st.builds(
        WireShop,
        shop_id=st.from_regex("[A-Z0-9]{1,12}", fullmatch=True),
        name=words.filter(bool),
        address=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),
        tax_number=words,
        tax_number_name=words,
        currency=st.builds(
            WireCurrency,
            code=st.sampled_from(["IDR", "GBP"]),
            minor_digits=st.just(2),
            cash_step=st.integers(1, 100),
        ),
        country=st.sampled_from(["ID", "GB"]),
        language=st.sampled_from(["en", "id", "hi"]),
        time_zone=st.sampled_from(["Asia/Jakarta", "Europe/London"]),
        notes=st.lists(st.integers(1, 10**6), max_size=4).map(tuple),
        denominations=st.lists(st.integers(1, 10**6), max_size=4).map(tuple),
        limits=st.dictionaries(st.sampled_from(Role), st.tuples(threshold, threshold, threshold)).map(
            lambda roles: tuple(
                WireRoleLimits(
                    role=role,
                    amount=None if amount is None else str(amount),
                    percent=None if percent is None else str(percent % 101),
                    points=points,
                )
                for role, (amount, percent, points) in sorted(roles.items())
            )
        ),
    ),
    st.builds(
        ShopSettings,
        lookups_per_hour=count,
        grace_days=count,
        refund_reduced=st.booleans(),
        offline_points_per_bill=count,
        review=st.builds(
            ReviewSettings,
            wrong_codes=threshold,
            discount_amount=threshold,
            late_hours=threshold,
            no_receipt=st.booleans(),
            customers=st.dictionaries(st.from_regex(r"[a-z.:_-]{1,8}", fullmatch=True), st.just("m1"), max_size=2),
        ),
        taxes=st.dictionaries(
            st.from_regex(r"[a-z.]{1,8}", fullmatch=True),
            st.builds(TaxRate, name=words, rate=st.integers(0, 100).map(str), included=st.booleans()),
            max_size=2,
        ),
    ),
)


@given(shop_files)
def test_what_is_written_is_read_again(shop: ShopFile) -> None:
    assert read_shop(shop_text(shop).encode()) == shop


def test_the_sample_is_a_shop_and_explains_every_key() -> None:
    shop = read_shop(SAMPLE.encode())
    assert (shop.profile.shop_id, shop.manager and shop.manager.name) == ("SHOP1", "Manager")
    assert shop.settings.taxes["ppn"].rate == "11"
    lines = SAMPLE.splitlines()
    single = [at for at, line in enumerate(lines) if " = " in line and line[0] not in "#[" and "= {n" not in line]
    assert all(lines[at - 1].startswith("#") or lines[at - 1].startswith("[") for at in single)


def test_false_switches_a_threshold_off() -> None:
    shop = read_shop(SAMPLE.replace("wrong_codes = 4", "wrong_codes = false").encode())
    assert shop.settings.review.wrong_codes is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[shop]", "shop", "line 4 is no TOML"),
        ('id = "SHOP1"', 'id = "shop 1"', "shop.id does not fit. Up to 12 capital letters"),
        ('name = "Toko Baru"', "", "shop.name is missing. As on the sign"),
        ('country = "ID"', 'land = "ID"', "there is no shop.land here"),
        ('language = "id"', 'language = "de"', "shop.language does not fit. Of messages to customers: en, id or hi."),
        ('"Asia/Jakarta"', '"Asia/Mars"', "shop.time_zone does not fit"),
        ('"Asia/Jakarta"', '"../../etc/passwd"', "shop.time_zone does not fit"),
        ("[5000,", "[-5000,", "currency.notes does not fit. Bank notes"),
        ("minor_digits = 0", "minor_digits = 9", "currency.minor_digits does not fit. Digits behind the point"),
        ('rate = "11"', "rate = 11", "taxes.*.rate does not fit. Percent in quotes"),
        ('rate = "11"', 'rate = "111"', "taxes.ppn.rate is more than the whole price"),
        ('amount = "100000"', 'amount = "0.55"', "limits: more than 0 decimals"),
        ("supervisor =", "boss =", "limits does not fit. Up to what a role"),
        ("wrong_codes = 4", "wrong_codes = true", "review.wrong_codes is a number, or false"),
        ("wrong_codes = 4", "wrong_codes = -4", "review.wrong_codes does not fit"),
        ("[points]", "[points]\ngrace = 3", "there is no points.grace here"),
    ],
)
def test_what_does_not_fit_is_named_with_what_belongs_there(old: str, new: str, words: str) -> None:
    assert old in SAMPLE
    with pytest.raises(ShopFileError) as unfit:
        read_shop(SAMPLE.replace(old, new, 1).encode())
    assert words in str(unfit.value)


def test_other_bytes_than_text_are_refused() -> None:
    with pytest.raises(ShopFileError, match="not UTF-8"):
        read_shop(b"\xff\xfe")


def test_a_shop_changes_but_for_its_money() -> None:
    world, shop = World(), read_shop(SAMPLE.encode())
    load_shop(world.backend, ShopSeed(shop.profile, settings=shop.settings))
    operator = Caller(CallerKind.OPERATOR, "SHOP1")

    def change(text: str) -> bool:
        new = read_shop(text.encode())
        return world.backend.perform(lambda call, _: shops.change(call, new.profile, new.settings), None, operator)

    assert not change(SAMPLE)
    assert change(SAMPLE.replace("Toko Baru", "Toko Lama").replace("points = 1000", "points = 5"))
    now = world.backend.perform(lambda call, _: shops.load(call), None, operator)
    assert (now.profile.name, now.profile.limits[0].points) == ("Toko Lama", 5)
    with pytest.raises(Refused, match="currency"):
        change(SAMPLE.replace("minor_digits = 0", "minor_digits = 2"))
    assert [row.action for row in world.rows("SELECT action FROM audit")] == ["change_settings"]
