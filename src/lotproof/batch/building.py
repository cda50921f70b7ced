"""Many orders built on all cores: what is built once is not built again, and a bad one stops no other."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

from lotproof import api
from lotproof.batch.jobs import Job
from lotproof.findings import Finding, Refused, Severity
from lotproof.frozen import Frozen
from lotproof.messages import as_data, from_data, say
from lotproof.version import VERSION

STATE = "batch.jsonl"
"""In the folder of a batch: a line for each order that is done, with what its result depends on."""

SUMMARY = "summary.csv"

_AHEAD = 4
"""Jobs for each process that wait: memory does not grow with their number."""


class Wanted(Frozen, kw_only=True):
    """What all orders of a batch share: formats, documents, the house, whether a draft is refused."""

    formats: tuple[str, ...] = api.DEFAULT_FORMATS
    kinds: tuple[str, ...] = api.DEFAULT_DOCUMENTS
    house: Path | None = None
    final: bool = False

    def key(self) -> str:
        """Return what a result depends on besides its job."""
        house = ""
        if self.house is not None:
            from lotproof.housed import fingerprint_of

            house = fingerprint_of(self.house)
        return json.dumps([VERSION, self.formats, self.kinds, house, self.final])


class Done(Frozen, kw_only=True):
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


def build_all(jobs: Sequence[Job], folder: Path, wanted: Wanted, workers: Workers) -> Iterator[Done]:
    """
    Build orders, each into a folder of its own, and yield what became of them in their order.

    An order whose line stands in :data:`STATE` and whose files are there is not built again. A process that is killed leaves whole folders
    and whole lines, and perhaps one of each begun, which the next run begins anew.

    Args:
        workers: who builds.

    Raises:
        Refused: the workers are lost (LP912); what is built stands.
    """
    folder.mkdir(parents=True, exist_ok=True)
    also = wanted.key()
    before = dict(_before(folder))
    keys = [job.key(also) for job in jobs]
    stands = [_stands(before.get(job.name), key, folder) for job, key in zip(jobs, keys, strict=True)]
    with open(folder / STATE, "ab") as state:
        made = workers((job for job, there in zip(jobs, stands, strict=True) if not there), folder, wanted)
        for job, key, there in zip(jobs, keys, stands, strict=True):
            if there:
                yield _read(before[job.name], again=True)
                continue
            data, files = next(made)
            if files:
                data = _written(folder, data, files)
            state.write(json.dumps({"key": key, **data}, ensure_ascii=False).encode() + b"\n")
            state.flush()
            yield _read(data, again=False)


Made: TypeAlias = tuple[Mapping[str, Any], Mapping[str, bytes]]
"""What became of a job, as JSON has it, as findings do not travel between processes; its files, where they are not written yet."""

Workers: TypeAlias = "Callable[[Iterator[Job], Path, Wanted], Iterator[Made]]"
"""Build each job on whatever does the work, for the folder and with what is wanted, and yield what becomes of them in their order."""


def here(processes: int) -> Workers:
    """Return workers on this machine: so many processes, or this one alone."""

    def work(jobs: Iterator[Job], folder: Path, wanted: Wanted) -> Iterator[Made]:
        if processes < 2:
            yield from (build_one(job, folder, wanted) for job in jobs)
            return
        with ProcessPoolExecutor(processes) as pool:
            yield from ahead((pool.submit(build_one, job, folder, wanted) for job in jobs), processes)

    return work


def ahead(futures: Iterator[Future[Made]], workers: int) -> Iterator[Made]:
    """Yield results in the order of the futures, of which a few for each worker are begun ahead: memory does not grow with their number."""
    waiting: deque[Future[Made]] = deque()
    for future in futures:
        waiting.append(future)
        if len(waiting) >= workers * _AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def build_one(job: Job, folder: Path | None, wanted: Wanted) -> Made:
    """
    Build one order; what is wrong with it is told and raises nothing.

    Args:
        folder: to write it into; None gives the files back.
    """
    name = job.where.partition(":")[0]
    settings = tuple(f"{one.path}={one.value}" for one in job.given)
    places = tuple(f"{name}: {one.cell}" for one in job.given)
    unseen = tuple(_unseen(f"{name}: {one.cell}") for one in job.given if one.unseen)
    if unseen:
        return _failed(job, unseen), {}
    try:
        content = job.content()
    except OSError as error:
        return _failed(job, (_unread(job.where, error),)), {}
    try:
        built = api.build(
            content,
            job.source,
            final=wanted.final,
            settings=settings,
            house=wanted.house,
            places_of=places,
            salt=job.salt,
        )
        sealed, profiles = api.seal(built.order), (api.profile_of(wanted.house),)
        steps = api.render(built.order, formats=wanted.formats, kinds=wanted.kinds, profiles=profiles, sealed=sealed)
        files = dict(steps)
    except Refused as refused:
        return _failed(job, refused.findings), {}
    status = "draft" if built.order.draft else "final"
    done = Done(
        name=job.name,
        where=job.where,
        status=status,
        digest=sealed.digest,
        files=tuple(files),
        findings=built.findings,
    )
    return (_data(done), files) if folder is None else (_written(folder, _data(done), files), {})


def _failed(job: Job, findings: Sequence[Finding]) -> Mapping[str, Any]:
    return _data(Done(name=job.name, where=job.where, status="failed", digest="", files=(), findings=tuple(findings)))


def _written(folder: Path, data: Mapping[str, Any], files: Mapping[str, bytes]) -> Mapping[str, Any]:
    """Write the files of an order, and return what became of it."""
    try:
        _write(folder, data["name"], files)
    except OSError as error:
        found = (_unwritten(folder / data["name"], error),)
        return _data(Done(name=data["name"], where=data["where"], status="failed", digest="", files=(), findings=found))
    return data


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


def _unread(where: str, error: OSError) -> Finding:
    message = say("cannot be read: {why}", why=(error.strerror or str(error)).lower())
    return Finding(where=where, code="LP401", message=message, hint=say("give the path of a TOML file"))


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
