"""How fast the till is, each goal beside its floor: ``python -m tests.benchmarks [P1 P8 …] [--json] [--quick]``.

A floor does only the bare operation, on this machine, in this very run: an empty window, one append and sync, a plain
``requests`` call. Goal and floor take turns, so that a busy moment hits both; the figures are medians, and only their
ratio counts. Every figure is a cost, so that ``ok`` is always ``ratio <= goal``: rates are told as milliseconds for
one, and a goal that was set in milliseconds as so many times the floor that was measured beside it when it was set.
Times are in milliseconds, memory in MiB.

A goal with several parts has a row for each: ``P4`` is a scan, ``P4.lines`` the same on a bill of 1,000 lines beside
one of 10. A row without figures says that this machine lacks what it needs, and why; its ``ok`` is null.

    figures     what a row is, and how goal and floor take turns
    floors      the bare operations, and nothing else
    watching    how long a change takes until it is painted
    workshop    scratch folders, the demo till enrolled once, children that serve
    goals       which module measures which goal
    at_*        one module for each part of the house; ``*_child`` run as processes of their own

It is no part of the test run: times flicker. What does not flicker is counted there instead, by ``test_counts.py``:
modules before the first paint, syncs for a saved bill, statements for a scan, paints for a changed line, connections
and messages for a sale.
"""
