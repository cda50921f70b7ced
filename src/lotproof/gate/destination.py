"""What only a look at the destination would find: the notice periods there, and what is tested before shipment."""

from __future__ import annotations

from collections.abc import Iterator

from lotproof.gate.looking import Looking, gap, say
from lotproof.gate.model import Check, Gap, Standing
from lotproof.orders.model import Order


def destination(looking: Looking) -> Check:
    """LP607: no notice period; LP608: laboratory rows without a laboratory; LP609: nothing is tested before shipment; LP610: a short period."""
    order = looking.order
    gaps = list(_gaps(looking))
    notice = order.evidence.notice
    before = sum(t.where == "factory" for t in order.spec.terms)
    laboratory = len(order.spec.terms) - before
    evidence = [say("tested_where", factory=str(before), laboratory=str(laboratory))]
    if notice.get("visible_days") and notice.get("latent_months"):
        evidence.append(say("periods", days=str(notice["visible_days"]), months=str(notice["latent_months"])))
    if laboratory and order.inspection.answers.get("laboratory"):
        evidence.append(say("laboratory_route"))
    if tests := order.inspection.duties.get("acceptance_tests"):
        evidence.append(say("site_test", days=_shown(tests.get("site_days"))))
    return Check(id="destination", evidence=tuple(evidence), gaps=(*gaps, *looking.owned("destination", gaps)))


def _gaps(looking: Looking) -> Iterator[Gap]:
    order, notice = looking.order, looking.order.evidence.notice
    for key, name in (("visible_days", "no_visible"), ("latent_months", "no_latent")):
        if notice.get(key) is None:
            yield gap("LP607", f"notice.{key}", name)
    if any(t.where == "laboratory" for t in order.spec.terms) and not order.inspection.answers.get("laboratory"):
        yield gap("LP608", "inspection.laboratory", "no_laboratory")
    if order.spec.terms and not any(t.where == "factory" for t in order.spec.terms):
        yield gap("LP609", "terms", "nothing_before_shipment")
    days = notice.get("visible_days")
    if isinstance(days, int) and days < looking.rules.usual.incident_days:
        values = {"days": str(days), "usual": str(looking.rules.usual.incident_days)}
        yield gap("LP610", "notice.visible_days", "short_visible", Standing.HOLDS, **values)
    if _kept_back(order):
        yield gap("LP610", "acceptance_tests.site_days", "no_retention", Standing.HOLDS)


def _kept_back(order: Order) -> bool:
    """Say whether a test at the site is agreed and nothing of the price waits for it."""
    return bool(order.inspection.duties.get("acceptance_tests")) and not order.commercial.retention


def _shown(value: object) -> str:
    return "[____]" if value is None else str(value)
