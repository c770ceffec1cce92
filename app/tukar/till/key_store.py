"""Where a till may keep its token when its system has no place for secrets."""

from enum import StrEnum


class KeyStore(StrEnum):
    """Where else the token may be kept, by name; never silently (security.md, "Token")."""

    OWNER_ONLY_FILE = "owner_only_file"
    ASK_EVERY_TIME = "ask_every_time"
