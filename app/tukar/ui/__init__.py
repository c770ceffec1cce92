"""The window: the only part of the house that imports Qt.

``kit`` is the toolkit (theme, type, buttons, fields, lists) and knows nothing of a till. The screens are built from it:
humble widgets that emit what the cashier asked for, in the cashier's words, and have one ``show(model)`` for the frozen
model a presenter of ``tukar.till`` made. Values become words in ``wording`` and figures in ``format``, nowhere else;
``translations`` says in which language. There is no thread, no money rule and no port in a widget; ``tukar.bootstrap``
hands each screen its presenter and the one ``Look`` everything is painted with. Imports point to ``till``, ``wire``,
``domain`` and ``resources`` only. ::

    Qt's one application  application, interrupts, background, last_resort
    the window            main_window, practice_frame, status_strip; till_desk joins it to its presenters
    before a sale         start_screen, sign_in
    the sale              sale_window, find_panel, bill_panel, side_panel, key_bar, offer_card; sale_desk joins them
    paying                payment_screen, payment_ledger, payment_panes, payment_steps
    the saved bill        receipt_view; printing draws it, receipt_rows and shift_rows say what stands on paper
    windows of their own  customer_display, phone_window of the demo, manager

Over a screen lie sheets: ``customer_sheet`` with ``enrol_form``, ``salesperson_sheet``, ``line_sheet``,
``bill_sheet``, ``bill_words_sheet``, ``held_sheet``, ``promotions_sheet``, ``redeem_sheet``, ``shift_sheet`` with
``shift_pages``, ``settings_sheet``, ``keys_sheet``, ``question_sheet`` and ``age_question``, ``approval_sheet`` on
``pin_sheet``; and behind ``more_sheet`` (``more_desk`` joins it) ``return_sheet`` and ``receiptless_sheet`` on
``goods_back_sheet``, ``reprint_sheet``, ``no_sale_sheet``. ``reason_entry`` and ``notice_tone`` are parts of several.

``scanner`` tells a scanner from fingers, ``idle`` a till left alone, ``tile_pictures`` reads pictures of goods.
``tour`` plays ``journeys`` and ``counter_journeys`` with real keys and looks with ``tour_eyes``.
"""
