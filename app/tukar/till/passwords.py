"""Who begins a shift types a password: the backend checks it where it can be asked, the till's own copy otherwise.

The backend counts wrong ones for all tills of the shop: it may let nobody try any more where this till still would, and
a manager who lets somebody in here lets them in there too.
"""

from tukar.domain.people import StaffMember
from tukar.domain.redemption import Refusal
from tukar.till.ports import CredentialCheck, LoyaltyBackend, Refused, Unreachable


class BackendPassword:
    """``staffing.Passwords``. Any doubt is a no, but for a backend that cannot be asked or knows no staff."""

    def __init__(self, backend: LoyaltyBackend, check: CredentialCheck) -> None:
        self._backend = backend
        self._check = check

    def fits(self, member: StaffMember, typed: str) -> bool:
        try:
            self._backend.sign_in(member.staff_id, typed)
        except Unreachable:
            return self._fits_copy(member, typed)
        except Refused as refused:
            if refused.refusal is Refusal.TOO_MANY_REQUESTS:
                raise
            return refused.refusal is not Refusal.NOT_ALLOWED and self._fits_copy(member, typed)
        return True

    def let_in(self, staff_id: str, manager_id: str, pin: str) -> None:
        self._backend.let_in(staff_id, manager_id, pin)

    def _fits_copy(self, member: StaffMember, typed: str) -> bool:
        return bool(member.password_hash) and self._check.matches(member.password_hash, typed)
