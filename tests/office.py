"""LibreOffice, run once for many files."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

MISSING = shutil.which("soffice") is None
NEEDED = "apt-get install libreoffice-writer libreoffice-calc"


def saved(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return files as LibreOffice saves them again, each in its own format; those of one format go through one run of it."""
    found: dict[str, bytes] = {}
    for kind in ("docx", "xlsx"):
        names = [name for name in files if name.endswith(kind)]
        if not names:
            continue
        out = folder / f"{kind}-saved"
        out.mkdir()
        for name in names:
            (folder / name).write_bytes(files[name])
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile-{kind}",
            "--headless",
            "--convert-to",
            kind,
        ]
        paths = [str(folder / name) for name in names]
        subprocess.run([*command, "--outdir", str(out), *paths], check=True, capture_output=True, timeout=900)
        found |= {name: (out / name).read_bytes() for name in names}
    return found
