"""A monkey at the till: keys, text, scans and touches at random, in any theme and language, over a line that comes and
goes. ``python -m tests.monkey --events 20000 --seed 7``

``shop`` is the real backend with the demo shop, reached without a socket; ``till`` the real window with everything
behind it, on a clock and a background that the monkey moves, so that a seed plays the same run again; ``hands`` what
the monkey does; ``invariants`` what must hold whatever it did (redemption.md, "Invariants").
"""
