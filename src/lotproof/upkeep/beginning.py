"""Beginning a house: the files of one that is right, to change."""

from __future__ import annotations

import re
from pathlib import Path

from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.messages import say
from lotproof.templates import Templates, load_folder
from lotproof.templates.folders import FORMAT

NEW = """# A house: its own words on top of another house. Beside this file: contract/ and exhibits/ (provisions), labels.toml,
# reference.docx (fonts, page, letterhead: edit it in Word; or delete it and write look = "plain" here).
# Only what differs stands here. lotproof house check . says what is wrong; lotproof build answers.toml --house . uses it.
format = "{format}"
id = "{id}"
version = "0.1.0"
title = {{ en = "{title}", zh = "{title}" }}
base = "{base}"
base_version = "{base_version}"

# What this house leaves out, and why:
# [[removes]]
# id = "contract.tooling"
# reason = {{ en = "we buy no tools", zh = "不采购模具" }}
"""

EXAMPLE = """# A provision in this house's own words. What is not said here (reference, source, position, heading, tables) is taken over.
id = "contract.notices"
replaces = "contract.notices"

[[paragraph]]
en = "Notices are made in writing, signed, and sent to the addresses of the parties in this contract. A notice counts from the day on which it arrives."
zh = "通知应以书面形式作出并签署，发送至本合同所列各方地址。通知自送达之日起生效。"
"""


SCENARIO = """# What a contract of this house must say: lotproof house test . runs it. Here nothing but the category is answered.
format = "lotproof-scenario/1"
name = "Notices are signed"
category = "other"
must = ["made in writing, signed, and sent to the addresses of the parties", "以书面形式作出并签署"]
must_not = [{ text = "e-mail", in = "contract.notices" }]
"""


def begin(folder: Path, base: str = "standard", appearance: str = "") -> dict[str, bytes]:
    """
    Return the files of a house to write into a folder, by their place in it.

    On a house that ships it has a provision and a scenario to begin with; on another it says nothing yet.

    Args:
        base: a house that ships, or the name of a folder beside this one.
        appearance: id of a look that ships; ``reference.docx`` is written from it, with the name of the house as its letterhead.
            If empty, a house on one that ships begins with the plain one, and another has the look of its base.

    Raises:
        Refused: the base is no house that ships or lies beside this one (LP900), or is wrong.
    """
    from lotproof.looks.shipped import beginning_look
    from lotproof.upkeep.house_updates import first_lock
    from lotproof.writers.docx.reference import reference

    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.casefold()).strip("-")
    name = name if name[:1].isalpha() else f"house-{name}".rstrip("-")
    below, beneath = _to_stand_on(folder, base)
    title = name.replace("-", " ").title()
    text = NEW.format(
        format=FORMAT,
        id=name[:40].rstrip("-"),
        title=title,
        base=below.name if below else base,
        base_version=beneath.version,
    )
    files = {"house.toml": text.encode()}
    if below is None:
        files |= {"contract/notices.toml": EXAMPLE.encode(), "scenarios/notices.toml": SCENARIO.encode()}
    if appearance or below is None:
        look_of = beginning_look(appearance or "plain", title)
        files["reference.docx"] = reference(look_of, f"{title}: look")
    return {**files, "base.lock": first_lock(beneath, () if below else ("contract.notices",), below)}


def _to_stand_on(folder: Path, base: str) -> tuple[Path | None, Templates]:
    """Return the folder of the house that a new one stands on, None where that one ships, and what it prints."""
    from lotproof.templates import load_templates, shipped_houses

    if base in shipped_houses():
        return None, load_templates(base)
    parent = folder.resolve().parent
    beside = parent / Path(base).name
    if (Path(base).name != base and Path(base).resolve() != beside) or not (beside / "house.toml").is_file():
        known = (*shipped_houses(), *(path.parent.name for path in parent.glob("*/house.toml")))
        message = say("{base} neither ships nor lies beside this house", base=quoted(base))
        raise Refused([Finding(where="--base", code="LP900", message=message, hint=did_you_mean(base, known))])
    return beside, load_folder(beside)
