"""The filing window of the platform: read, confirmed, and open when the goods are there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.gate.looking import Looking, gap, say
from lotproof.gate.model import Check, Gap, Standing

ANSWERS = ("days", "day_type", "anchor", "source", "confirmed_on", "confirmed_by")
"""What has to be known of the window."""

BEFORE_ARRIVAL = ("shipment", "specified_delivery", "customs_clearance")
"""Anchors from which the days run before the goods are in the buyer's hands."""


def window(looking: Looking) -> Check:
    """
    LP613: the window is not answered; LP614: not confirmed; LP615: it may close before the goods are looked at; LP616: read long ago.

    An order that is paid outside a platform has no window, and the check holds.
    """
    if not looking.platform:
        route = looking.order.commercial.payment.get("route")
        gaps = looking.owned("window", ())
        if route is None:
            gaps = (*gaps, gap("LP613", "payment.route", "no_route", Standing.UNKNOWN))
        return Check(id="window", evidence=(say("no_platform"),) if route else (), gaps=gaps)
    known = {**looking.order.evidence.window, "confirmed_by": looking.order.private.window_confirmed_by}
    found = list(_gaps(looking, known))
    evidence = []
    if all(known.get(key) for key in ("days", "day_type", "anchor")):
        day_type, anchor = (_choice(known[key]) for key in ("day_type", "anchor"))
        evidence.append(say("window_is", days=str(known["days"]), day_type=day_type, anchor=anchor))
    if all(known.get(key) for key in ("source", "confirmed_on", "confirmed_by")):
        who, when = str(known["confirmed_by"]), str(known["confirmed_on"])
        evidence.append(say("window_read", source=str(known["source"]), by=who, on=when))
    return Check(id="window", evidence=tuple(evidence), gaps=(*found, *looking.owned("window", found)))


def _gaps(looking: Looking, known: Mapping[str, Any]) -> Iterator[Gap]:
    today = looking.today
    for key in ANSWERS:
        if not known.get(key):
            confirms = key in ("source", "confirmed_on", "confirmed_by")
            code, sentence = ("LP614", "window_unconfirmed") if confirms else ("LP613", "window_blank")
            yield gap(code, f"window.{key}", sentence, Standing.UNKNOWN, key=f"window.{key}")
    read = known.get("confirmed_on")
    if isinstance(read, datetime.date):
        age = (today - read).days
        if age < 0:
            yield gap("LP614", "window.confirmed_on", "window_ahead", Standing.UNKNOWN, on=read.isoformat())
        elif age > looking.rules.usual.window_age_days:
            yield gap("LP616", "window.confirmed_on", "window_old", Standing.HOLDS, age=str(age))
    if known.get("days") and known.get("anchor"):
        yield from _fits(looking, int(known["days"]), str(known["anchor"]))


def _fits(looking: Looking, days: int, anchor: str) -> Iterator[Gap]:
    """Look whether transit and the notice period lie inside the window."""
    visible = looking.order.evidence.notice.get("visible_days")
    transit = looking.inputs.transit_days
    late_start = anchor in BEFORE_ARRIVAL
    if late_start and transit is None:
        yield gap("LP615", "window.anchor", "transit_unknown", Standing.UNKNOWN, anchor=_choice(anchor), days=str(days))
        return
    left = days - (transit or 0) if late_start else days
    if left <= 0:
        yield gap("LP615", "window.days", "window_too_short", days=str(days), transit=str(transit or 0))
    elif isinstance(visible, int) and left < visible:
        yield gap("LP615", "notice.visible_days", "window_first", Standing.HOLDS, left=str(left), visible=str(visible))


def _choice(value: Any) -> Mapping[str, str] | str:
    """Return the words of a choice, which the sentences of the gate hold; another value as it stands."""
    from lotproof.gate.saying import chosen

    return chosen(str(value))
