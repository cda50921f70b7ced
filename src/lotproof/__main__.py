"""``python -m lotproof``."""

from lotproof.cli import run

if __name__ == "__main__":
    run()
