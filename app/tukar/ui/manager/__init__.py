"""The manager's room on the screen: the views of ``till.managing``, in the manner of the sale window.

One screen as wide as the window: title and who looks at the top, the page, and a key bar at the foot whose keys open
the pages. What is chosen opens over the page as a sheet; a request from a till rises as a card in the corner and takes
neither focus nor keys. The table, the plots and the calendar are parts of the kit. ::

    screen        the whole: header, pages, key bar, what lies over them
    promotions    the applied promotions: filters, figures and plots, the table
    overview      figures and plots          filters     the row of filters and the search
    case_page     a table beside the case in hand, for the next two
    reviews       cases beside the one in hand
    reconciling   differences beside the one in hand, and the empty state
    reports       reports and the plan of the export that happens by itself
    picking       the sheets that filters open: a list, days, saved views
    asking        what asks for a PIN: the door, and the answer to a request; the card that tells of one
    bill          the receipt behind a row
    exporting     into a file
    paper         onto paper, or into a PDF where there is no office printer
    empty         what stands where there is nothing to be shown
    desk          joins it all to the presenters
    window        a window of its own, for an office without a till

Imported when the room is first opened, never at the start of a till.
"""
