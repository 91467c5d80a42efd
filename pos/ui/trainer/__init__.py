"""The screen of the trainer: people, their skills, and their rounds."""

from __future__ import annotations

from pos.practice.trainer.desk import TrainerDesk

__all__ = ["run"]


def run(desk: TrainerDesk) -> int:
    from pos.ui.terminal import forgiving_driver
    from pos.ui.trainer.app import TrainerApp

    app = TrainerApp(desk, forgiving_driver())
    app.run()
    return app.return_code or 0
