"""Build hook: the wheel carries the catalogue and the houses compiled, so that no build of a contract parses TOML or Jinja."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


class CompileHook(BuildHookInterface[Any]):
    """Adds ``lotproof/_shipped/compiled/*.json`` to a wheel; an editable install compiles when it first runs."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, str(ROOT / "src"))
        from lotproof.upkeep import compile_all

        self.folder = tempfile.TemporaryDirectory()
        for name, data in compile_all(ROOT / "spec_catalog", ROOT / "templates").items():
            place = Path(self.folder.name) / f"{name}.json"
            place.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
            build_data["force_include"][str(place)] = f"lotproof/_shipped/compiled/{name}.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.folder.cleanup()
