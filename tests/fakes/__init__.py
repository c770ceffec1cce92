"""Stand-ins for the world outside the till: backends, clock, ids, secrets, card terminal and printer.

They keep the promises of ``till.ports`` as the real things do; ``tests/loyalty/test_contract*.py`` hold the backends
among them to the same suite as our own server.
"""
