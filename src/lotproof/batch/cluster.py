"""
Orders built on the workers of a Dask cluster: the same functions, and so the same bytes.

Workers see nothing of this machine's disk: the answers and the house go to them, the files come back. They need lotproof of the same version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lotproof.batch.building import Made, Wanted, Workers, ahead, build_one
from lotproof.batch.jobs import Job
from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen, replace
from lotproof.messages import Message, say
from lotproof.version import VERSION

TIMEOUT = 10
"""Seconds to wait for a scheduler."""

MOST_BYTES = 20_000_000
"""Of a house that goes to the workers, with what it stands on."""


class Packed(Frozen):
    """A house and the houses beneath it: the name of the topmost folder, content by path."""

    top: str
    files: Mapping[str, bytes]


def on_cluster(address: str) -> Workers:
    """
    Return workers on a cluster.

    Args:
        address: of its scheduler: ``tcp://10.0.0.5:8786``.

    Raises:
        Refused: dask is not installed, the scheduler does not answer, or a worker has another version (LP912).
    """
    try:
        from distributed import Client
    except ImportError:
        hint = say("install it with: pip install 'lotproof[cluster]'")
        raise Refused([_finding(address, say("a cluster needs dask, which is not installed"), hint)]) from None

    def work(jobs: Iterator[Job], _folder: Path, wanted: Wanted) -> Iterator[Made]:
        with _connected(Client, address) as client:
            threads = _workers(client, address)
            packed = client.scatter(pack(wanted.house), broadcast=True)
            alone = replace(wanted, house=None)
            futures = (client.submit(build_away, _loaded(job), packed, alone, pure=False) for job in jobs)
            try:
                yield from ahead(futures, threads)
            except (OSError, RuntimeError) as error:
                hint = say("run the same command again: what is built is not built again")
                raise Refused([_finding(address, say("the workers were lost: {why}", why=_why(error)), hint)]) from None

    return work


def _connected(client: Any, address: str) -> Any:
    try:
        return client(address, timeout=TIMEOUT)
    except (OSError, ValueError) as error:
        hint = say("give the address that dask scheduler prints, such as tcp://10.0.0.5:8786")
        raise Refused([_finding(address, say("the scheduler does not answer: {why}", why=_why(error)), hint)]) from None


def _workers(client: Any, address: str) -> int:
    """Return how many threads the workers have together, all with this version of lotproof."""
    threads: int = sum(client.nthreads().values())
    if not threads:
        message, hint = say("the scheduler has no workers"), say("start some: dask worker {address}", address=address)
        raise Refused([_finding(address, message, hint)])
    try:
        versions = set(client.run(_version).values())
    except ImportError:
        versions = {""}
    if versions != {VERSION}:
        message = say(
            "its workers have lotproof {theirs}, this is {ours}",
            theirs=sorted(v or "-" for v in versions),
            ours=VERSION,
        )
        hint = say("install the same version on all of them: another one may print another contract")
        raise Refused([_finding(address, message, hint)])
    return threads


def _version() -> str:
    return VERSION


def _loaded(job: Job) -> Job:
    """Return a job with its answers in it, as a worker does not see the file; one that cannot be read is told by who builds it."""
    try:
        return replace(job, answers=job.content())
    except OSError:
        return job


def build_away(job: Job, packed: Packed | None, wanted: Wanted) -> Made:
    """Build one order on a worker, and return its files."""
    return build_one(job, None, replace(wanted, house=_unpacked(packed) if packed else None))


# a house on its way


def pack(house: Path | None) -> Packed | None:
    """
    Return a house with everything that it stands on.

    Raises:
        Refused: it is no house, or too large (LP912).
    """
    if house is None:
        return None
    from lotproof.templates.folders import stack

    files: dict[str, bytes] = {}
    size = 0
    for one in stack(house):
        if not one.base:
            continue
        for path in sorted(one.path.rglob("*")):
            if path.is_file() and not path.is_symlink():
                size += path.stat().st_size
                if size > MOST_BYTES:
                    message = say("has more than {most:,} bytes with what it stands on", most=MOST_BYTES)
                    raise Refused([_finding(str(house), message, say("keep in a house what a contract needs"))])
                files[f"{one.path.resolve().name}/{path.relative_to(one.path).as_posix()}"] = path.read_bytes()
    return Packed(house.resolve().name, files)


def _unpacked(packed: Packed) -> Path:
    digest = hashlib.sha256()
    for name, content in sorted(packed.files.items()):
        digest.update(b"%b\0%d\0%b" % (name.encode(), len(content), content))
    return _folder(digest.hexdigest(), packed)


_UNPACKED: dict[str, Path] = {}
"""Where each house lies that has come to this worker."""


def _folder(digest: str, packed: Packed) -> Path:
    """Return the folder of a house on this worker, written once for all its orders, for its owner alone."""
    import tempfile

    if digest not in _UNPACKED:
        root = Path(tempfile.mkdtemp(prefix="lotproof-house-"))
        _remove_at_exit(root)
        for name, content in packed.files.items():
            place = root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with open(place, "wb") as out:
                out.write(content)
        _UNPACKED[digest] = root
    return _UNPACKED[digest] / packed.top


def _remove_at_exit(root: Path) -> None:
    import atexit
    import shutil

    atexit.register(shutil.rmtree, root, ignore_errors=True)


def _why(error: BaseException) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


def _finding(where: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where or "--scheduler", code="LP912", message=message, hint=hint)
