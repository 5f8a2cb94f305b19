"""What all tests share."""

from __future__ import annotations

import os

# Read by typer when it is imported: help and tables are plain text of one width, on a terminal, in a pipe and in CI.
os.environ["_TYPER_FORCE_DISABLE_TERMINAL"] = "1"
os.environ["NO_COLOR"] = "1"
os.environ["COLUMNS"] = "120"
for name in ("FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS"):
    os.environ.pop(name, None)

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

import fake_pipeline  # noqa: E402  after the settings above

# Fewer examples while one works and in CI; ``.ci/run --full`` asks for many.
settings.register_profile("quick", max_examples=40)
settings.register_profile("thorough", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture
def fake_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands read with ``fake_pipeline`` instead of the bundled model."""
    import sigmine.run

    for function in (sigmine.run.extract, sigmine.run.run):
        assert function.__kwdefaults__ is not None
        monkeypatch.setitem(function.__kwdefaults__, "load", fake_pipeline.load)


@pytest.fixture
def no_plots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages for tests that do not look at plots: drawing them takes a second."""
    from sigmine.web import plots

    for name in [name for name in vars(plots) if name.startswith("draw_")]:
        monkeypatch.setattr(plots, name, lambda *_: "<svg></svg>")
