"""Hashes of PINs and passwords at the least cost that argon2 knows, which no real backend may use."""

from tukar.server.passwords import Passwords


def cheap_passwords() -> Passwords:
    return Passwords(time_cost=1, memory_kib=8, parallelism=1)
