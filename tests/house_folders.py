"""Houses as tests write them."""

from __future__ import annotations

from pathlib import Path

HEAD = 'format = "lotproof-house/1"\nid = "{id}"\nversion = "{version}"\ntitle = {{ en = "{id}", zh = "{id}" }}\nbase = "{base}"\nbase_version = "{base_version}"\n'


AGENCY = 'format = "lotproof-house/1"\nid = "agency"\nversion = "1.0"\ntitle = { en = "Agency", zh = "代理" }\nbase = "standard"\nbase_version = "0.1.0"\n'
"""An agency's ``house.toml``."""


def head(id_: str, version: str = "1.0.0", base: str = "standard", base_version: str = "0.1.0", more: str = "") -> str:
    """Return a ``house.toml``."""
    return HEAD.format(id=id_, version=version, base=base, base_version=base_version) + more


def clause(id_: str, en: str, zh: str, *, replaces: bool = True) -> str:
    """Return a provision of one paragraph; one that replaces nothing has all keys."""
    if replaces:
        top = f'id = "{id_}"\nreplaces = "{id_}"\n'
    else:
        top = f'id = "{id_}"\nreference = ""\nsource = "own"\nposition = 900\nheading = {{ en = "Own", zh = "自有" }}\n'
    return f'{top}\n[[paragraph]]\nen = "{en}"\nzh = "{zh}"\n'


def write_house(folder: Path, toml: str = AGENCY, **files: str) -> Path:
    """Write a house; ``contract__notices`` names ``contract/notices.toml``. Files that were there and are not named go."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*/*.toml"):
        old.unlink()
    (folder / "house.toml").write_text(toml, encoding="utf-8")
    for name, content in files.items():
        path = folder / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
