"""Builds everything in one place and hands it in: the only package that knows every concrete class.

Nothing below it constructs its own collaborators. ``till`` builds the window and what stands behind it, ``commands``
the parts that the other commands need: backend, import, replay, doctor, back-up, rules. ``till_house`` asks a till that
runs over its socket, and opens the journal of one that does not. ``options`` holds what the command
line said as frozen values, so that nothing in here sees an argument parser, and ``outcome`` what a command may answer.

A command returns its exit status. What a person did wrong, and what stands in the way, is a ``CommandRefused`` with
one line that says what and what to do next; ``cli`` prints it and ends with status 2. Progress goes to standard error,
results to standard output, so that ``--json`` stands there alone (commands.md).

Modules are imported by the command that runs, never all at once: the window must be painted before ``requests``,
SQLAlchemy or Babel are loaded (performance.md, P1).
"""
