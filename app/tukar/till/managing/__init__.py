"""The manager's room: what was applied, what is odd, what does not add up, and who waits for a word.

It is opened from the till (F1, then the manager's own PIN), or as a window of its own (``tukar manage``). Everything is
read from the backend through ``ports.reviewing.ManagerBackend``; the till's own journal, sale and counter are never
touched, so that a manager who looks cannot disturb a cashier who sells. One presenter a page, each a plain class with
one frozen model and one view, as everywhere in ``till``::

    session      asks the backend; a session that ran out is opened again and the question asked once more
    door         the manager's PIN, when the room is entered or the session ran out
    room         which page is in front, what waits on the others, and the pulse that keeps them fresh
    spans        days of the shop: today, this week, from one day to another
    filtering    what the applied promotions are narrowed to, chosen one thing at a time; kept as views with a name
    promotions   the applied promotions: figures, plots, the table in pages, the bill behind a row
    exporting    the filtered rows into a file, in the background, with its progress
    requests     words that cashiers ask for from afar, and the manager's answer by their own PIN
    reviews      the cases that look odd: approved or flagged, with notes
    reconciling  figures that differ, each with one safe thing to do
    reports      salespeople, promotions, shifts, days, taxes; and the plan of the export that happens by itself
    planned      that export: every day once, as soon as a manager is there after it
    series       days, weeks or months for the plots

Nothing here is loaded before the room is first opened: a till whose manager never comes pays nothing for it.
"""
