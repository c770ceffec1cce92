"""Signing in, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tukar.domain.people import Role

if TYPE_CHECKING:
    from tukar.domain.people import StaffMember


def role(member: StaffMember) -> str:
    return {
        Role.CASHIER: QCoreApplication.translate("Sign in", "Cashier"),
        Role.SUPERVISOR: QCoreApplication.translate("Sign in", "Supervisor"),
        Role.MANAGER: QCoreApplication.translate("Sign in", "Manager"),
        Role.TECHNICIAN: QCoreApplication.translate("Sign in", "Technician"),
    }[member.role]


def initials(name: str) -> str:
    """The first letters of the first and the last name but of no more than two."""
    return "".join(part[0] for part in name.split()[:2]).upper()


def demo_pin(pin: str) -> str:
    return QCoreApplication.translate("Sign in", "In this demo the PIN is {pin}").format(pin=pin)
