"""Tests mirror `app/tukar` one to one; `journeys` play the whole till, `fakes` stand in for the world outside it."""
