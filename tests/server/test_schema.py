"""What the schema says of every route holds for whatever it lets a caller send: no fault, no answer it does not name.

Schemathesis makes the messages: good ones at their limits, and bad ones by each constraint broken once. The check sends
the first of them for each route; ``--hypothesis-profile=full`` sends all.
"""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.server.world import World
from tukar.server.app import create_app
from tukar.server.backend import Backend
from tukar.server.call import CallerKind
from tukar.server.openapi import schema
from tukar.server.routes import ROUTES
from tukar.server.throttle import Throttle

FULL = settings.get_current_profile_name() == "full"
AT_MOST = 100
"""Messages for one route in the check; the longest forms have over a thousand."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


class Door:
    """The app that schemathesis is told of before there is a backend behind it."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


class Asked:
    """The backend with a token for every kind of caller, and how often each route was asked."""

    def __init__(self) -> None:
        self.world = World()
        self.world.load()
        old = self.world.backend
        self.backend = Backend(
            transactions=old._transactions,
            equipment=old.equipment,
            clock=self.world.clock,
            throttle=Throttle(at_most=10**9),
        )
        self.backend.open(self.world.engine)
        self.times: Counter[str] = Counter()
        self.tokens = {
            CallerKind.TILL: self.world.enrol("TILLONE").token,
            CallerKind.CHANNEL: self.world.enrol("WEBSHOP").token,
            CallerKind.OPERATOR: self.world.operator().token,
        }
        self.callers = {f"{route.method} {route.path}": route.callers for route in ROUTES}

    def headers(self, label: str) -> dict[str, str]:
        """The token of a caller that the route is for; of a till where nobody needs one."""
        kind = next((kind for kind in self.tokens if kind in self.callers[label]), CallerKind.TILL)
        return {"Authorization": f"Bearer {self.tokens[kind]}"}


door = Door()


@pytest.fixture(scope="module")
def asked() -> Asked:
    asked = Asked()
    door.app = create_app(asked.backend)
    return asked


api = schemathesis.openapi.from_dict(schema())
api.app = door
api.config.phases.examples.enabled = False
api.config.phases.fuzzing.enabled = False
api.config.phases.stateful.enabled = False
api.config.generation.deterministic = True


@api.parametrize()
def test_no_message_is_a_fault_or_gets_an_answer_that_the_schema_does_not_name(
    asked: Asked, case: schemathesis.Case[Any]
) -> None:
    label = case.operation.label
    asked.times[label] += 1
    if asked.times[label] > AT_MOST and not FULL:
        return
    answer = case.call(headers=asked.headers(label))
    case.validate_response(answer, checks=CHECKS)
