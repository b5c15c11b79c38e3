"""Both parsers that a reader of documents may have, so that each test holds for either."""

from __future__ import annotations

import pytest
import yaml

from orgdocs import documents

PARSERS = {"libyaml": yaml.CSafeLoader, "python": yaml.SafeLoader} if yaml.__with_libyaml__ else {"python": yaml.SafeLoader}


@pytest.fixture(params=sorted(PARSERS))
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The parser in use, by name."""
    name: str = request.param
    monkeypatch.setattr(documents, "_Parser", PARSERS[name])
    return name
