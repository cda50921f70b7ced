"""``lotproof new``."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

import click

from lotproof.cli.language import lang_option

EPILOG = """\b
Examples:
  lotproof new
  lotproof new packaging_machines -o order-118.toml
  lotproof new ceramic_tableware --lang zh
  lotproof new ceramic_tableware --house houses/riverside
"""


@click.command(epilog=EPILOG)
@click.argument("category", required=False)
@click.option(
    "-o",
    "--output",
    default="answers.toml",
    show_default=True,
    metavar="FILE",
    help="The answers file; one that was begun goes on.",
)
@lang_option("the questions")
@click.option("--house", metavar="DIR", help="Offer the parties and the defaults of the house in this folder.")
@click.option("--today", metavar="YYYY-MM-DD", help="Take this as today's date.")
def command(category: str | None, output: str, language: str, house: str | None, today: str | None) -> None:
    """Ask for everything a contract of CATEGORY needs, one question at a time; each answer is saved at once."""
    path = Path(output)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        wanted = category or "CATEGORY"
        raise click.UsageError(
            f"this asks questions and needs a terminal; without one: lotproof questions {wanted} > {path.name}, fill it in, lotproof build {path.name}"
        )
    from lotproof.cli.asking.dialogue import Dialogue
    from lotproof.cli.asking.draft import Draft
    from lotproof.cli.asking.picking import pick_category
    from lotproof.cli.asking.screen import Screen, Stopped
    from lotproof.cli.days import own_day, read_today
    from lotproof.houses import categories_of

    day = read_today(today) or own_day()
    load = categories_of(Path(house) if house else None)

    screen = Screen(language)
    if category is None and not path.exists():
        try:
            category = pick_category(screen)
        except Stopped:
            return
    loaded = load(category, "command line") if category and not path.exists() else None
    kept = None
    if house is not None:
        from lotproof.cli.asking.kept import Kept

        kept = Kept(Path(house))
    draft = Draft(path, category or "", secrets.token_hex(16), kept.house if kept else "standard")
    if loaded is None:
        given = str(draft.data.get("category", ""))
        if category and category != given:
            raise click.UsageError(f"{path} is of the category {given}, not {category}; name another file with -o")
        loaded = load(given, path.name)
    dialogue = Dialogue(screen, draft, loaded, day, kept)
    screen.line(f"{loaded.title[language]} ({loaded.id})", bold=True)
    if draft.resumed:
        screen.tell("resumed", path, dialogue.answered())
    screen.tell("welcome")
    screen.tell("saved", path)
    done = dialogue.run()
    screen.tell("build" if done else "stopped", path)
