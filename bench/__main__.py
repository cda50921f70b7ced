"""
``python -m bench``: how fast, how small, how it grows; every figure is a ratio taken in this run.

Exit code 0 whether targets are met or missed: a slow machine is no fault. Exit code 1 where the sides print different texts,
because then the ratios would mean nothing.
"""

from __future__ import annotations

import argparse
import platform
import sys
import zlib

from bench import asking, audits, cases, houses, inspection, pages, plans, render, whole
from bench.table import Result, printed


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Speed, memory and size of lotproof, as ratios."
    )
    parser.add_argument("--quick", action="store_true", help="few rounds: a first look, not for a record")
    quick = parser.parse_args().quick
    warm, grown, started = (3, 3, 5) if quick else (15, 7, 25)
    print(f"Python {platform.python_version()}, zlib {zlib.ZLIB_RUNTIME_VERSION}, {platform.machine()}", flush=True)
    contract = render.prepared()
    try:
        print(render.same_text(contract), flush=True)
    except render.TextsDifferError as differ:
        print(f"THE TEXTS DIFFER, so nothing was measured: {differ}", file=sys.stderr)
        return 1
    results: list[Result] = [
        *render.against_rivals(contract, warm),
        *render.against_deflating(contract, warm),
        *whole.results(started),
        *pages.results(started),
        *pages.warm(contract.document, warm),
        *render.growth(grown),
        *render.file_size(contract),
        *render.loading(warm),
        *plans.results(warm, started),
        *asking.results(warm, started),
        *audits.results(warm, started),
        *cases.results(started),
        *inspection.results(started),
        *houses.results(contract, warm, started, 40 if quick else 500),
    ]
    print(printed(results))
    missed = sum(result.verdict.startswith("missed") for result in results)
    print(f"{sum(result.verdict == 'met' for result in results)} targets met, {missed} missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
