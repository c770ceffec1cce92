from tests.till.bench import CASHIER, Bench
from tukar.till.navigation import Navigation, Place, PlaceModel
from tukar.till.staffing import StaffingModel


class Shell:
    def __init__(self) -> None:
        self.places: list[PlaceModel] = []

    def place(self) -> Place:
        return self.places[-1].place

    def show_place(self, model: PlaceModel) -> None:
        self.places.append(model)


def test_the_place_follows_from_people_and_bill() -> None:
    bench, shell = Bench(), Shell()
    till = bench.start()
    navigation = Navigation(shell, StaffingModel(), till.model)
    till.checkout.listen(navigation.checkout_changed)
    navigation.open()
    assert shell.places[-1] == PlaceModel(Place.SIGN_IN)
    navigation.staffing_changed(StaffingModel(cashier=CASHIER))
    bench.ring_rice(till)
    assert shell.places[-1] == PlaceModel(Place.SALE, has_bill=True)
    till.checkout.begin_payment()
    assert shell.place() is Place.PAYMENT
    till.checkout.pay_cash(bench.money(50_000))
    assert shell.places[-1].money_stands
    navigation.staffing_changed(StaffingModel(cashier=CASHIER, locked=True))
    assert shell.place() is Place.SIGN_IN
    navigation.staffing_changed(StaffingModel(cashier=CASHIER))
    assert shell.place() is Place.PAYMENT
    till.checkout.pay_cash()
    till.checkout.save()
    assert shell.places[-1] == PlaceModel(Place.PAYMENT)
    till.checkout.next_sale()
    assert shell.places[-1] == PlaceModel(Place.SALE)


def test_nothing_is_shown_twice() -> None:
    bench, shell = Bench(), Shell()
    till = bench.start()
    navigation = Navigation(shell, StaffingModel(), till.model)
    navigation.open()
    navigation.open()
    navigation.checkout_changed(till.model)
    assert len(shell.places) == 1
