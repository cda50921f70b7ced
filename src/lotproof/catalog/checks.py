"""The checks of the catalogue, in the order of their codes; to add one, write the function and name it here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lotproof.catalog.checking import asking, inheriting, measurable, places, relations, sentences
from lotproof.catalog.checking.subjects import Catalogue, Check, Subject
from lotproof.findings import Finding

CHECKS: tuple[Check, ...] = (
    places.fits_its_schema,
    places.texts_stand_in_every_language,
    places.id_matches_its_place,
    places.ids_stand_once,
    places.units_are_known,
    places.characters_can_be_read,
    places.clause_is_offered,
    relations.standards_are_known,
    relations.standards_are_in_force,
    relations.cited_standards_are_listed,
    relations.parents_lead_to_a_root,
    relations.blocks_and_defects_exist,
    relations.named_things_exist,
    relations.defects_have_a_border,
    sentences.sentences_are_allowed,
    sentences.sentences_name_what_is_asked,
    sentences.wording_states_what_is_required,
    sentences.languages_say_the_same_numbers,
    sentences.languages_fill_the_same_values,
    measurable.words_can_be_measured,
    asking.questions_fit_the_kind,
    asking.every_answer_is_used,
    asking.bounds_are_in_order,
    inheriting.inherited_things_are_left_out_by_name,
    inheriting.nothing_is_loosened,
)


def check(subjects: Iterable[Subject], catalogue: Catalogue, checks: tuple[Check, ...] = CHECKS) -> Iterator[Finding]:
    """
    Yield everything that is wrong with ``subjects``, file by file.

    Args:
        subjects: what is checked.
        catalogue: what they may name; holds the subjects themselves.
        checks: :data:`CHECKS`, and those of the layers above.
    """
    for subject in subjects:
        for one in checks:
            yield from one(subject, catalogue)


def code(check_function: Check) -> str:
    """Return the code that a check raises: the first word of its docstring."""
    return (check_function.__doc__ or "").strip().split(":")[0]
