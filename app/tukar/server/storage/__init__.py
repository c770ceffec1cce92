"""Where the backend keeps what it knows: tables, engines, and transactions that answer only once they are durable.

The same tables and statements run on SQLite and PostgreSQL. ``tables`` declares them, with ``till_tables``,
``value_tables`` and ``manager_tables`` beside it and ``columns`` as what they are made of; ``migrations`` brings a
database to the present form in numbered steps, ``engine`` opens one, ``transactions`` runs work in it: on SQLite one
writer with group commit (``batches``), on PostgreSQL a pool that tries again when two messages met. ``statements`` is
what the work is handed.
"""
