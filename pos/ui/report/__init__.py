"""The screen of the report."""

from __future__ import annotations

from datetime import date

from pos.store import Store
from pos.wording import Wording

__all__ = ["run_report"]


def run_report(store: Store, words: Wording, today: date, since: date | None, until: date | None) -> int:
    """Show the report until somebody leaves it. Returns the exit code."""
    from pos.ui.report.app import ReportApp
    from pos.ui.terminal import forgiving_driver

    app = ReportApp(store, words.language, today, since, until, forgiving_driver())
    app.run()
    return app.return_code or 0
