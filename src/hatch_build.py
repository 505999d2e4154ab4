"""Puts the published form of every exercise into the wheel.

A learner's machine needs schemas, marks and hints, but must not hold solutions or model
answers; so the wheel gets that part as JSON, made from the exercise files while it is built.
"""

import sys
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PublishExercises(BuildHookInterface):
    """Adds ``cslearn/exercises/published/<name>.json`` to a wheel; an editable install reads the files themselves."""

    def initialize(self, version: str, build_data: dict) -> None:
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from cslearn.exercises import exercise as files

        self._folder = tempfile.TemporaryDirectory()
        for name in files.available():
            path = Path(self._folder.name) / f"{name}.json"
            path.write_text(files.to_json(files.read(name)), encoding="utf-8")
            build_data["force_include"][str(path)] = f"cslearn/exercises/published/{name}.json"
