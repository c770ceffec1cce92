"""Who begins a shift types a password: the backend checks it where it can be asked, the till's own copy otherwise."""

from tukar.domain.people import StaffMember
from tukar.domain.redemption import Refusal
from tukar.till.ports import CredentialCheck, LoyaltyBackend, Refused, Unreachable

_NO: frozenset[Refusal] = frozenset({Refusal.NOT_ALLOWED, Refusal.TOO_MANY_REQUESTS})
"""What the backend says of a wrong password, and of too many of them; anything else says nothing about it."""


class BackendPassword:
    """``staffing.PasswordCheck``. Any doubt is a no, but for a backend that cannot be asked or knows no staff."""

    def __init__(self, backend: LoyaltyBackend, check: CredentialCheck) -> None:
        self._backend = backend
        self._check = check

    def __call__(self, member: StaffMember, typed: str) -> bool:
        try:
            self._backend.sign_in(member.staff_id, typed)
        except Unreachable:
            return self._fits_copy(member, typed)
        except Refused as refused:
            return refused.refusal not in _NO and self._fits_copy(member, typed)
        return True

    def _fits_copy(self, member: StaffMember, typed: str) -> bool:
        return bool(member.password_hash) and self._check.matches(member.password_hash, typed)
