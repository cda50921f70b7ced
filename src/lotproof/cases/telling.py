"""A case as a whole: every file compared with the manifest, the three records read, and what they come to."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from lotproof.cases.folder import real_folder
from lotproof.cases.hashing import Tick
from lotproof.cases.model import ORDER_FILE, Case
from lotproof.cases.ordered import read_case_order
from lotproof.cases.records import read_records
from lotproof.cases.verifying import Verified, verify_case
from lotproof.clocks.happened import Happened
from lotproof.clocks.holidays import Holidays
from lotproof.consistency.model import Records, Story
from lotproof.consistency.story import tell
from lotproof.findings import Refused, Severity
from lotproof.frozen import Frozen
from lotproof.inspection.inspected import units
from lotproof.orders.digests import Seal, seal
from lotproof.orders.model import Order


class Told(Frozen, kw_only=True):
    """
    A case and its story.

    Attributes:
        root: its folder on the disk.
        sealed: digests of the order.
        verified: what became of its files.
    """

    root: Path
    case: Case
    order: Order
    sealed: Seal
    verified: Verified
    records: Records
    story: Story


def tell_case(
    folder: str,
    happened: Happened,
    holidays: Holidays,
    today: datetime.date,
    *,
    total: Callable[[int], Tick] = lambda _: lambda _: None,
    waiting: Callable[[], None] = lambda: None,
) -> Told:
    """
    Read a case and lay its three records beside each other. Nothing is written.

    Args:
        today, total, waiting: as for :func:`lotproof.cases.verifying.verify_case`.

    Raises:
        Refused: it is no case (LP830), its manifest cannot be read, or its order is not the one that the manifest names (LP851).
    """
    root = real_folder(folder)
    verified = verify_case(folder, total=total, waiting=waiting)
    case = verified.case
    if case is None:
        raise Refused(verified.findings)
    order = read_case_order(root / ORDER_FILE, case)
    sealed = seal(order)
    changed = [finding for finding in verified.findings if finding.severity is Severity.REFUSE]
    records = read_records(root, case, order, changed=changed, events=happened.events)
    story = tell(order, sealed.digest, records, holidays, happened.zone, today, happened.choices, units)
    return Told(root=root, case=case, order=order, sealed=sealed, verified=verified, records=records, story=story)
