"""A house and a category together: everything an order is built from, besides its answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lotproof.catalog.loading import load_category
from lotproof.catalog.model import Category
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.templates import Templates, load_folder, load_templates, shipped_houses

if TYPE_CHECKING:
    from lotproof.catalog.overlay import Layer, Overlaid
    from lotproof.catalog.source import Source
    from lotproof.looks.model import Look
    from lotproof.templates.folders import HouseFolder


class House(Frozen):
    """The clauses of one category, the templates of one house, and how it looks where it has a look of its own."""

    category: Category
    templates: Templates
    look: Look | None = None


def load_house(
    category: str,
    house: str = "standard",
    where: str = "command line",
    folder: Path | None = None,
    look: Look | None = None,
) -> House:
    """
    Load a category that ships with the program, and a house: one that ships, or the one in a folder.

    Args:
        where: who asked for it.
        folder: of a house; ``house`` is its id then.
        look: of the house in a folder (:func:`lotproof.readers.look.housed.look_of`).

    Raises:
        Refused: there is no such category (LP201) or house (LP202); what is wrong with a folder (LP900 to LP904).
    """
    if folder is not None:
        return House(categories_of(folder)(category, where), load_folder(folder), look)
    if house not in shipped_houses():
        hint = did_you_mean(house, shipped_houses())
        raise Refused(
            [Finding(where=where, code="LP202", message=say("unknown house {house}", house=quoted(house)), hint=hint)]
        )
    return House(load_category(category, where), load_templates(house))


def categories_of(folder: Path | None) -> Callable[[str, str], Category]:
    """
    Return what loads a category: of the catalogue as it ships, or with the clauses of the house in a folder on top.

    Raises:
        Refused: the folder is no house (LP900, LP901).
    """
    if folder is None:
        return load_category
    from lotproof.templates.folders import stack

    return partial(_with_houses, folder) if has_catalogue(stack(folder)) else load_category


def has_catalogue(houses: tuple[HouseFolder, ...]) -> bool:
    """Say whether one of some houses says anything on top of the catalogue."""
    from lotproof.templates.folders import CATALOGUE

    return any((house.path / CATALOGUE).is_dir() for house in houses if house.base)


def _with_houses(folder: Path, category: str, where: str = "command line") -> Category:
    from lotproof.catalog.loading import index, refuse_unknown
    from lotproof.shipped import key_of, shipped
    from lotproof.templates.folders import catalogue_files, stack

    houses = [house for house in stack(folder) if house.base]
    added = {path.parent.name for house in houses for path in catalogue_files(house) if path.name == "category.toml"}
    refuse_unknown(category, where, sorted({*(row["id"] for row in index()), *added}))
    return _loaded(folder, category, key_of(shipped("spec_catalog"), *(house.path for house in houses)))


@lru_cache(maxsize=8)
def _loaded(folder: Path, category: str, key: str) -> Category:
    """Load a category once for all orders of a batch, as long as the files of its houses are the same."""
    from lotproof.catalog.loading import build_category
    from lotproof.shipped import kept
    from lotproof.templates.folders import stack

    def make() -> dict[str, Any]:
        from lotproof.catalog.checking.laid_over import refuse_unbuildable
        from lotproof.catalog.overlay import compile_overlaid

        over = overlay_of(stack(folder))
        refuse_unbuildable(over)
        return compile_overlaid(over, category)

    return build_category(kept(f"category-{category}-{key}", make))


def overlay_of(houses: tuple[HouseFolder, ...]) -> Overlaid:
    """
    Return the catalogue that ships with what some houses say on top, the lowest first.

    Raises:
        Refused: a file that is no TOML or lies elsewhere (LP101, LP902), or something is redefined unsaid (LP903).
    """
    from lotproof.catalog.overlay import overlaid

    return overlaid(_catalogue(), tuple(_layers(houses)))


@lru_cache(maxsize=1)
def _catalogue() -> Source:
    """Return the catalogue that ships, read once: its files do not change while the program runs."""
    from lotproof.catalog.source import read_source
    from lotproof.shipped import shipped

    return read_source(shipped("spec_catalog"))


def _layers(houses: tuple[HouseFolder, ...]) -> Iterator[Layer]:
    from lotproof.catalog.overlay import Layer
    from lotproof.catalog.source import read_file
    from lotproof.templates.folders import catalogue_files

    for house in houses:
        if house.base:
            files = (
                read_file(path, f"{house.path.name}/{path.relative_to(house.path).as_posix()}")
                for path in catalogue_files(house)
            )
            yield Layer(house=house.id, files=tuple(files))
