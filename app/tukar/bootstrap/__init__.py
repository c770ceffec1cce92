"""Builds everything in one place and hands it in: the only package that knows every concrete class.

Nothing below it constructs its own collaborators. ::

    the commands that open a window  till, window_options
    its first picture                program, disk, door
    what stands behind it            open_till, counter, counter_house, window, more, second_screen
    what the ports are made of       connection, late_backend, shop_settings, printers, nudging
    the manager's room               managing, and manage for a window of its own
    the demo and its tour            demo, touring, and cable, the line that the tour cuts
    the backend                      serving, and backend_process as a child of ours
    updates                          updates, update_start at every start, trial before a new version counts

``commands`` are those without a window. As they are typed they stand in ``technician``, ``shop_commands``,
``rule_commands`` and ``keeping_commands`` (``parsers`` names what these hand to one another); what they do stands in
``health``, ``keeping_safe``, ``anchors``, ``importing``, ``people_import``, ``publishing``, ``shopkeeping``,
``connecting``, ``replaying`` with ``replay_shop``, ``supporting``, ``autostarting`` and ``update_commands``.
``backend_house`` opens the backend for them, ``till_house`` asks a till that runs over its socket and opens the journal
of one that does not, ``files`` what a person named, and ``progress`` tells whoever waits. ``options`` holds what the
command line said as frozen values, so that nothing of this sees an argument parser, and ``outcome`` what a command may
answer.

A command returns its exit status. What a person did wrong, and what stands in the way, is a ``CommandRefused`` with
one line that says what and what to do next; ``cli`` prints it and ends with status 2. Progress goes to standard error,
results to standard output, so that ``--json`` stands there alone (commands.md).

Modules are imported by the command that runs, never all at once: the window must be painted before ``requests``,
SQLAlchemy or Babel are loaded (performance.md, P1).
"""
