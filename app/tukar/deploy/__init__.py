"""How a till comes to a shop and stays well there: enrolment, updates, fleet settings, the support bundle.

Enrolment turns a short code from a manager into a token in this machine's keyring. Updates come as a signed manifest:
the version never goes down, a back-up is made first, and nothing is updated while a bill is unsent (security.md,
"Supply"). Fleet settings are what a shop decides for all of its tills; a till's own settings lie in ``local``. The
support bundle holds what an engineer needs and no personal data.

This package sits beside ``local`` and ``loyalty`` and knows neither: what it needs of a disk, a keyring or a backend is
handed in by ``bootstrap``, as the protocols of ``till.ports`` or as plain functions.
"""
