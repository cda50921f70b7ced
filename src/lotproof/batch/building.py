"""Many orders built on all cores: what is built once is not built again, and a bad one stops no other."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from lotproof import api
from lotproof.batch.jobs import Job
from lotproof.findings import Finding, Refused, Severity
from lotproof.frozen import frozen
from lotproof.messages import as_data, from_data, say
from lotproof.version import VERSION

STATE = "batch.jsonl"
"""In the folder of a batch: a line for each order that is done, with what its result depends on."""

SUMMARY = "summary.csv"

_AHEAD = 4
"""Jobs for each process that wait: memory does not grow with their number."""


@frozen(kw_only=True)
class Wanted:
    """What all orders of a batch share: formats, documents, the house, whether a draft is refused."""

    formats: tuple[str, ...] = api.DEFAULT_FORMATS
    kinds: tuple[str, ...] = api.DEFAULT_DOCUMENTS
    house: Path | None = None
    final: bool = False

    def key(self) -> str:
        """Return what a result depends on besides its job."""
        from lotproof.templates import load_folder

        house = ""
        if self.house is not None:
            from lotproof.wordhouses.houses import fingerprint

            house = load_folder(self.house).fingerprint + fingerprint(self.house)
        return json.dumps([VERSION, self.formats, self.kinds, house, self.final])


@frozen(kw_only=True)
class Done:
    """
    What became of a job.

    Attributes:
        status: ``final``, ``draft`` or ``failed``.
        again: it was built by an earlier run.
    """

    name: str
    where: str
    status: str
    digest: str
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    again: bool = False


def build_all(jobs: Sequence[Job], folder: Path, wanted: Wanted, processes: int) -> Iterator[Done]:
    """
    Build orders, each into a folder of its own, and yield what became of them in their order.

    An order whose line stands in :data:`STATE` and whose files are there is not built again. A process that is killed leaves whole folders
    and whole lines, and perhaps one of each begun, which the next run begins anew.

    Args:
        processes: how many build at once; 1 builds here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    also = wanted.key()
    before = dict(_before(folder))
    todo = [(job, job.key(also)) for job in jobs]
    with open(folder / STATE, "ab") as state:
        fresh = [(job, key) for job, key in todo if not _stands(before.get(job.name), key, folder)]
        made = _built(fresh, folder, wanted, processes)
        for job, key in todo:
            if _stands(before.get(job.name), key, folder):
                yield _read(before[job.name], again=True)
                continue
            data = next(made)
            state.write(json.dumps({"key": key, **data}, ensure_ascii=False).encode() + b"\n")
            state.flush()
            yield _read(data, again=False)


def _built(
    jobs: Sequence[tuple[Job, str]], folder: Path, wanted: Wanted, processes: int
) -> Iterator[Mapping[str, Any]]:
    """Yield what became of each job, as JSON has it: findings do not travel between processes."""
    if processes < 2 or len(jobs) < 2:
        for job, _ in jobs:
            yield _work(job, folder, wanted)
        return
    with ProcessPoolExecutor(min(processes, len(jobs))) as pool:
        waiting = []
        left = iter(jobs)
        for job, _ in left:
            waiting.append(pool.submit(_work, job, folder, wanted))
            if len(waiting) < processes * _AHEAD:
                continue
            yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _work(job: Job, folder: Path, wanted: Wanted) -> Mapping[str, Any]:
    return _data(build_one(job, folder, wanted))


def build_one(job: Job, folder: Path, wanted: Wanted) -> Done:
    """Build one order into its folder; what is wrong with it is told and raises nothing."""
    name = job.where.partition(":")[0]
    settings = tuple(f"{one.path}={one.value}" for one in job.given)
    places = tuple(f"{name}: {one.cell}" for one in job.given)
    unseen = tuple(_unseen(f"{name}: {one.cell}") for one in job.given if one.unseen)
    if unseen:
        return Done(name=job.name, where=job.where, status="failed", digest="", files=(), findings=unseen)
    try:
        built = api.build(
            job.answers,
            name,
            final=wanted.final,
            settings=settings,
            house=wanted.house,
            places_of=places,
            salt=job.salt,
        )
        files = dict(api.render(built.order, formats=wanted.formats, kinds=wanted.kinds))
        _write(folder, job.name, files)
    except Refused as refused:
        return Done(name=job.name, where=job.where, status="failed", digest="", files=(), findings=refused.findings)
    except OSError as error:
        found = _unwritten(folder / job.name, error)
        return Done(name=job.name, where=job.where, status="failed", digest="", files=(), findings=(found,))
    status = "draft" if built.order.draft else "final"
    return Done(
        name=job.name,
        where=job.where,
        status=status,
        digest=api.digest(built.order),
        files=tuple(files),
        findings=built.findings,
    )


def _write(folder: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Write an order's folder: beside its place first, then in one step; an earlier one steps aside and is removed."""
    import shutil

    beside, target, old = folder / f".{name}.part", folder / name, folder / f".{name}.old"
    for left in (beside, old):
        shutil.rmtree(left, ignore_errors=True)
    beside.mkdir(mode=0o700)
    for file, content in files.items():
        with open(beside / file, "wb") as out:
            out.write(content)
    if target.exists():
        os.rename(target, old)
    os.rename(beside, target)
    shutil.rmtree(old, ignore_errors=True)


def _unseen(where: str) -> Finding:
    """LP911: a cell whose value may not be taken."""
    message = say("is hidden, calculated, struck out, or an error")
    return Finding(where=where, code="LP911", message=message, hint=say("write the value itself, where it can be seen"))


def _unwritten(path: Path, error: OSError) -> Finding:
    message = say("cannot be written: {why}", why=(error.strerror or str(error)).lower())
    return Finding(where=str(path), code="LP402", message=message, hint=say("choose another folder with -o"))


# what an earlier run has left


def _before(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the lines of an earlier run by the name of the order; a line that was cut off counts for nothing."""
    try:
        lines = (folder / STATE).read_bytes().split(b"\n")
    except OSError:
        return
    for line in lines:
        try:
            data = json.loads(line)
            yield str(data["name"]), data
        except (ValueError, TypeError, KeyError):
            continue


def _stands(data: Mapping[str, Any] | None, key: str, folder: Path) -> bool:
    if data is None or data.get("key") != key:
        return False
    return data["status"] == "failed" or all((folder / data["name"] / file).is_file() for file in data["files"])


def _data(done: Done) -> dict[str, Any]:
    return {
        "name": done.name,
        "where": done.where,
        "status": done.status,
        "digest": done.digest,
        "files": list(done.files),
        "findings": [
            [f.where, f.code, f.severity, str(f.message), as_data(f.message), str(f.hint), as_data(f.hint)]
            for f in done.findings
        ],
    }


def _read(data: Mapping[str, Any], *, again: bool) -> Done:
    return Done(
        name=data["name"],
        where=data["where"],
        status=data["status"],
        digest=data["digest"],
        files=tuple(data["files"]),
        findings=tuple(
            Finding(
                where=where,
                code=code,
                severity=Severity(severity),
                message=from_data(message, said),
                hint=from_data(hint, mended),
            )
            for where, code, severity, message, said, hint, mended in data["findings"]
        ),
        again=again,
    )
