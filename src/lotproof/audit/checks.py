"""Every structural check of an audit, in the order in which a contract is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lotproof.audit import (
    commerce,
    disputes,
    inspecting,
    languages,
    measures,
    parties,
    references,
    repeated,
    sampling,
    standards,
    state,
)
from lotproof.audit.contract import Contract
from lotproof.audit.model import Hit

Check = Callable[[Contract], Iterator[Hit]]

CHECKS: tuple[Check, ...] = (
    state.tracked_changes,
    state.comments_left,
    state.hidden_text,
    state.placeholders,
    sampling.aql_without_level,
    sampling.aql_without_edition,
    sampling.aql_out_of_series,
    sampling.aql_as_pass_rate,
    sampling.sample_larger_than_lot,
    sampling.acceptance_reaches_rejection,
    inspecting.no_inspection,
    inspecting.paid_before_inspection,
    inspecting.judged_by_the_seller,
    inspecting.no_notice_period,
    inspecting.no_filing_window,
    inspecting.earnest_above_the_cap,
    inspecting.damages_without_cap,
    parties.english_name_only,
    parties.no_credit_code,
    parties.malformed_credit_code,
    parties.credit_code_with_a_slip,
    parties.another_beneficiary,
    disputes.court_and_arbitration,
    disputes.arbitration_without_place,
    disputes.court_at_home,
    disputes.no_controlling_language,
    references.absent_exhibits,
    references.unused_definitions,
    references.undefined_terms,
    repeated.two_values,
    measures.number_without_unit,
    measures.unit_without_number,
    measures.method_without_limit,
    measures.limit_without_method,
    measures.one_sided_tolerance,
    measures.reversed_range,
    measures.mixed_units,
    standards.withdrawn_standards,
    standards.undated_standards,
    languages.numbers_differ,
    commerce.impossible_dates,
    commerce.currency,
    commerce.delivery_terms,
)
