"""``python -m lotproof``, and what the console script calls."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line without the collector: one command makes no garbage worth looking for, and the look costs a tenth of its time."""
    gc.disable()
    from lotproof.cli import run

    try:
        run()
    finally:
        gc.freeze()  # so that the interpreter does not look once more on its way out


if __name__ == "__main__":
    main()
