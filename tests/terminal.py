"""The command line as a user meets it: as a process of its own, or in this process, which saves its start."""

from __future__ import annotations

import os
import subprocess
import sys

from click.testing import CliRunner

from lotproof.cli import run

Done = subprocess.CompletedProcess[bytes]


def lotproof(*arguments: str, stdin: bytes = b"") -> Done:
    """Run the command line in this process; exit code, standard output and standard error are those of :func:`process`."""
    with CliRunner().isolation(stdin, {"NO_COLOR": "1"}) as (out, err, *_):
        try:
            run(list(arguments))
        except SystemExit as left:
            code = left.code
        sys.stdout.flush()
        sys.stderr.flush()
        assert isinstance(code, int)
        return Done(arguments, code, out.getvalue(), err.getvalue())


def process(*arguments: str, stdin: bytes = b"") -> Done:
    """Run the program as a process of its own, for at most two minutes."""
    command = [sys.executable, "-m", "lotproof", *arguments]
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=120, env=environment)
