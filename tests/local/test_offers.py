"""The last word about each offer of a bill travels with it."""

from tests.local.samples import receipt
from tukar.domain.applied import PromotionOutcome
from tukar.domain.bill import OfferKey
from tukar.domain.receipt import ReceiptOffer
from tukar.local.journal import SqliteJournal

TEA = OfferKey("tea")
SOAP = OfferKey("soap", "big")


def test_a_saved_bill_carries_what_became_of_its_offers(journal: SqliteJournal) -> None:
    journal.record_offer("bill-1", TEA, PromotionOutcome.OPEN)
    journal.record_offer("bill-1", TEA, PromotionOutcome.TAKEN)
    journal.record_offer("bill-1", TEA, PromotionOutcome.LOST, "hold_ran_out")
    journal.record_offer("bill-1", SOAP, PromotionOutcome.DECLINED)
    journal.record_offer("bill-1", SOAP, PromotionOutcome.OPEN)
    journal.record_offer("bill-2", SOAP, PromotionOutcome.OPEN)
    saved = journal.save_bill(receipt("bill-1"))
    assert saved.offers == (
        ReceiptOffer(SOAP, PromotionOutcome.DECLINED),
        ReceiptOffer(TEA, PromotionOutcome.LOST, "hold_ran_out"),
    )
    assert journal.receipt("bill-1") == saved
    assert journal.save_bill(receipt("bill-3")).offers == ()
