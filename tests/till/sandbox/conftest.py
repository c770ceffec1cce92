"""The stories of the sandbox's tests."""

from pathlib import Path

import pytest

from tests.till.sandbox.story import Stories


@pytest.fixture
def story(tmp_path: Path) -> Stories:
    return Stories(tmp_path)
