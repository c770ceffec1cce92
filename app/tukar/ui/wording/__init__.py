"""The till's sentences: values in, words out, in the language on the screen (visual.md, "Words").

One module a subject, so that each stays short and the sentences that belong together are read together:

    notices    every ``Notice`` with its figures: what, and then what to do
    starting   connecting, fetching, and what stands in the way; signing_in
    offers     offers, reasons why not, what a promotion took off a line
    selling    the sale window: search, bill, totals, key bar, status strip
    by_hand    what was done by hand to a line
    people     customers and salespeople
    paying     redeeming, paying and the saved bill; returning: goods that come back
    receipts   the words on paper; shifts: on the shift's sheet and report
    managing   the manager's room; oversight: what a manager looks into
    later      marks a sentence that stands in a table

Whoever writes a screen adds a module for its subject. The English source is written at the place of use in
``QCoreApplication.translate("Context", "…")``, or where a table is needed in ``QT_TRANSLATE_NOOP("Context", "…")``
and translated when it is read. Figures go in by name (``"{points} more points"``); a sentence that counts has two
sources, one for exactly one and one for all others, because the languages here need no more. ``resources/i18n`` has
the translations; after any change of a sentence run ``python -m tukar.ui.translations`` (see there).
"""
