"""How a till comes to a shop and stays well there: updates, fleet settings, the support bundle.

**Updates.** ``updating.Updating`` is the whole way from the question whether there is a later version to its first
window, or back; its docstring is the list of steps. ``manifest`` is what whoever makes the releases signs, ``feed``
where it and the packages come from, ``installing`` how a version is put in place and taken back for each kind of
``installation``, ``update_record`` what is written down before each step. The version never goes down, a back-up is
made first, nothing is updated while a bill is unsent (security.md, "Supply"), and a version that does not open, is
interrupted, or comes to no window in three starts is rolled back.

**Fleet settings.** ``fleet`` reads what an administrator decides for all tills of a machine: TOML files or the Windows
registry, under each till's own settings, which lie in ``local``. What a setting means and may be stands in one table,
``till.settings_table``.

**Autostart.** ``autostart`` opens the till when somebody signs in to the machine; a till set to ``kiosk`` then covers
the screen and stays.

**Support.** ``support`` writes what an engineer needs and no personal data.

Enrolment, which makes a machine a till, is ``loyalty.enrolling`` and the screen ``till.starting``.

This package sits beside ``local`` and ``loyalty`` and knows neither: what it needs of a disk, a key store or a line is
handed in by ``bootstrap``, as the protocols here or as plain functions.
"""
