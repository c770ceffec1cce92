"""Domain values as JSON and back: the one definition that till, journal and backend share.

What crosses the wire, and what the till writes down, is declared here once as msgspec structs named ``Wire…``. Beside
each stand two pure functions: ``wire_receipt(receipt)`` makes the message, ``receipt_of(message)`` the domain value;
what is stored or sent as bytes also has ``receipt_to_json`` and ``receipt_from_json``. The backend's OpenAPI schema is
generated from the same structs.

The rules of the wire (promotions.md, "Money, points, quantities"; security.md, "Server"):

* Money, prices, quantities and points are decimal strings in major units, never JSON numbers. A message that holds
  money carries its ``currency`` once, at the top. Points are written with all digits of their programme, so the text
  says how many there are.
* Every text, list and number has a size limit. What is within the limits but makes no sense (a quantity of zero on a
  line, an amount with too many decimals) raises ``ValueError`` in the conversion; the backend answers 400.
* A write refuses fields that its version does not know (``read_request``). An answer may grow: ``read_answer`` leaves
  out what this version does not know. New fields always have a default: bills of any older version are read for ever.
* Fields at their default are left out, so the same value has the same bytes whatever version wrote it; the content
  hash of a bill relies on that.

The rooms: ``message`` (the base, reading, writing), ``amounts`` (limits and decimal strings), ``catalogue``,
``people``, ``bills`` (the sale in hand, whole for drafts and slim for quotes), ``held`` (bills set aside for every
till), ``receipts`` with ``tenders`` and ``coupons`` (the saved bill), ``bill_answers`` (the backend's answer to it),
``redemptions`` (quote, challenge, hold and what was refused), ``stored_value`` (gift cards, store credit), ``refunds``,
``shop`` (profile, state of the backend, enrolment of tills), ``shifts`` (closed shifts with their reports) and
``upkeep`` (digest, reviews, other channels). For managers: ``managers``, ``approvals``, ``promotions``, ``oversight``,
``reports``.

Files have their form here too, for till, backend and commands read the same ones: ``programme``, ``rules`` and
``rewards`` are what a shop owner writes, read by ``strict``, which names every mistake; ``tables`` are what other
programs write, ``articles`` and ``staff_table`` what their rows mean.

Values that only the till's ports know (a page of the catalogue, the state of the backend, a refund request) are not
rebuilt here, for ports lie above: the connector reads them straight from the structs.
"""
