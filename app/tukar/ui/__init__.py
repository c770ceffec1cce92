"""The window: the only part of the house that imports Qt.

``kit`` is the toolkit (theme, type, buttons, fields, lists) and knows nothing of a till. The screens are built from it:
humble widgets that emit what the cashier asked for, in the cashier's words, and have one ``show(model)`` for the frozen
model a presenter of ``tukar.till`` made. Values become words in ``wording`` and figures in ``format``, nowhere else.
There is no thread, no money rule and no port in a widget; ``tukar.bootstrap`` hands each screen its presenter and the
one ``Look`` everything is painted with. Imports point to ``till``, ``wire``, ``domain`` and ``resources`` only.
"""
