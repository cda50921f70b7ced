"""A time stamp counts where it covers a line of this manifest and somebody known has signed it; else it says why not."""

from __future__ import annotations

import datetime
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from case_folders import NOW, ROOT, add, codes, contents, new_case, photos
from lotproof.cases.chain import read_chain
from lotproof.cases.folder import read_manifest
from lotproof.cases.model import MANIFEST
from lotproof.cases.stamping import add_stamp, request
from lotproof.cases.stamps import Stamp, check_stamps
from lotproof.cases.verifying import Verified, verify_case
from lotproof.findings import Refused, Severity
from time_stamps import SHA256, SHA512, WHEN, Authority, authority

SPECIMEN = ROOT / "tests" / "cases" / "specimen"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with a photograph."""
    case = new_case(tmp_path / "case")
    add(case, *photos(tmp_path / "p", 1))
    return case


def head(case: Path) -> str:
    found = read_manifest(case)[1].case
    assert found is not None
    return found.head


def stamped(case: Path, reply: bytes, certificates: bytes = b"") -> Stamp:
    return add_stamp(str(case), reply, certificates, now=NOW)


def refusal(case: Path, reply: bytes, certificates: bytes = b"") -> list[str]:
    """Return the codes of a refusal that leaves the case as it was."""
    before = contents(case)
    with pytest.raises(Refused) as refused:
        stamped(case, reply, certificates)
    assert contents(case) == before
    return codes(refused.value.findings)


def verified(case: Path, *certificates: bytes) -> Verified:
    return verify_case(str(case), certificates=certificates)


def test_a_stamp_over_the_head_is_kept_and_checked(case: Path) -> None:
    known = authority()
    covered = head(case)
    found = stamped(case, known.reply(bytes.fromhex(covered)), known.pem + known.root_pem)
    assert (found.path, found.seq, found.time, found.checked, found.findings) == (
        "stamps/000003.tsr",
        2,
        WHEN,
        True,
        (),
    )
    later = verified(case, known.root_pem)
    assert later.intact
    assert [(s.seq, s.time, s.checked) for s in later.stamps] == [(2, WHEN, True)]
    assert not [f for f in later.findings if f.code in ("LP848", "LP849", "LP850")]


def test_a_stamp_stays_good_when_more_is_recorded(case: Path, tmp_path: Path) -> None:
    known = authority()
    stamped(case, known.reply(bytes.fromhex(head(case))))
    add(case, *photos(tmp_path / "q", 1, "Q"))
    assert [(s.seq, s.checked) for s in verified(case, known.root_pem).stamps] == [(2, True)]


def test_a_stamp_over_the_file_of_the_manifest_counts_too(case: Path, tmp_path: Path) -> None:
    content = (case / MANIFEST).read_bytes()
    add(case, *photos(tmp_path / "q", 1, "Q"))
    for algorithm, digest in ((SHA256, hashlib.sha256(content)), (SHA512, hashlib.sha512(content))):
        assert stamped(case, authority().reply(digest.digest(), algorithm=algorithm)).seq == 2


def test_a_stamp_over_something_else_is_refused(case: Path) -> None:
    assert refusal(case, authority().reply(bytes(32))) == ["LP848"]


@pytest.mark.parametrize("reply", [b"", b"no reply", b"\x30\x03\x02\x01\x02", b"\x30\x84\xff\xff\xff\xff"])
def test_what_is_no_reply_is_refused(case: Path, reply: bytes) -> None:
    assert refusal(case, reply) == ["LP848"]


def test_a_refusal_of_the_authority_is_no_stamp(case: Path) -> None:
    assert refusal(case, authority().reply(bytes.fromhex(head(case)), granted=False)) == ["LP848"]


def test_a_stamp_of_somebody_else_is_refused_and_found_out_later(case: Path) -> None:
    other = authority("Somebody else")
    reply = other.reply(bytes.fromhex(head(case)))
    assert refusal(case, reply, authority().root_pem) == ["LP849"]
    stamped(case, reply, other.pem + other.root_pem)
    found = verified(case, authority().root_pem)
    assert not found.intact
    assert [s.checked for s in found.stamps] == [False]
    assert "LP849" in codes(found.findings)


def test_the_certificate_in_the_case_proves_nothing_about_who_it_was(case: Path) -> None:
    known = authority()
    stamped(case, known.reply(bytes.fromhex(head(case))), known.pem + known.root_pem)
    found = verified(case)
    assert found.intact
    assert [(f.code, f.severity) for f in found.findings if f.where.startswith("stamps/")] == [("LP850", Severity.OPEN)]
    assert [s.checked for s in found.stamps] == [False]


def test_without_a_certificate_a_stamp_is_kept_and_said_to_be_unchecked(case: Path) -> None:
    found = stamped(case, authority().reply(bytes.fromhex(head(case))))
    assert (found.checked, codes(found.findings)) == (False, ["LP850"])
    assert "--certificate" in found.findings[0].hint


def test_a_reply_without_its_certificate_needs_it_given(case: Path) -> None:
    known = authority()
    reply = known.reply(bytes.fromhex(head(case)), with_certificate=False)
    assert refusal(case, reply, known.root_pem) == ["LP849"]
    assert stamped(case, reply, known.pem + known.root_pem).checked


@pytest.mark.parametrize(
    "certificates", [b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"nothing"]
)
def test_what_is_no_certificate_is_refused(case: Path, certificates: bytes) -> None:
    assert refusal(case, authority().reply(bytes.fromhex(head(case))), certificates) == ["LP849"]


def test_a_certificate_of_the_authority_alone_asks_for_its_root(case: Path) -> None:
    with pytest.raises(Refused, match="no root certificate was given"):
        stamped(case, authority().reply(bytes.fromhex(head(case))), authority().pem)


def test_a_certificate_that_is_not_for_time_stamps_is_refused(case: Path) -> None:
    wrong = Authority(usage=ExtendedKeyUsageOID.SERVER_AUTH)
    assert refusal(case, wrong.reply(bytes.fromhex(head(case))), wrong.root_pem) == ["LP849"]


def test_a_certificate_that_had_ended_is_refused_and_one_that_ended_since_is_not(case: Path) -> None:
    known = Authority(until=datetime.datetime(2027, 7, 1, tzinfo=datetime.UTC))
    imprint = bytes.fromhex(head(case))
    with pytest.raises(Refused, match="had expired"):
        stamped(case, known.reply(imprint, when=datetime.datetime(2027, 7, 2, tzinfo=datetime.UTC)), known.root_pem)
    assert stamped(case, known.reply(imprint), known.root_pem).checked


def test_a_signature_over_something_else_is_refused(case: Path) -> None:
    known = authority()
    assert refusal(case, known.reply(bytes.fromhex(head(case)), digest=bytes(32)), known.root_pem) == ["LP849"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_one_byte_changed_in_a_reply_never_gives_another_time(case: Path, place: float, change: int) -> None:
    known = authority()
    reply = bytearray(known.reply(bytes.fromhex(head(case))))
    reply[int(place * len(reply))] ^= change
    before = contents(case)
    try:
        found = stamped(case, bytes(reply), known.pem + known.root_pem)
    except Refused:
        assert contents(case) == before
        return
    assert (found.time, found.seq) == (WHEN, _covered(case)), "the byte was in none of the parts that are signed"
    (case / MANIFEST).write_bytes(before[MANIFEST])
    for path in (case / "stamps").iterdir():
        path.unlink()


def test_a_file_in_the_place_of_a_stamp_is_left_alone(case: Path) -> None:
    (case / "stamps").mkdir()
    (case / "stamps" / "000003.tsr").write_bytes(b"somebody's")
    assert refusal(case, authority().reply(bytes.fromhex(head(case)))) == ["LP842"]


def _covered(case: Path) -> int:
    chain = read_chain((case / MANIFEST).read_bytes())
    assert chain.case is not None
    return next(e.seq for e in chain.case.entries if e.what == "stamp") - 1


def test_a_stamp_that_was_exchanged_is_named(case: Path) -> None:
    known = authority()
    imprint = bytes.fromhex(head(case))
    stamped(case, known.reply(imprint))
    (case / "stamps" / "000003.tsr").write_bytes(known.reply(imprint, when=WHEN - datetime.timedelta(days=9)))
    assert ("LP833", "stamps/000003.tsr") in [(f.code, f.where) for f in verified(case, known.root_pem).findings]


def test_the_request_is_what_openssl_writes() -> None:
    expected = "30390201013031300d060960864801650304020105000420" + "ab" * 32 + "0101ff"
    assert request("ab" * 32).hex() == expected, "openssl ts -query -sha256 -digest … -no_nonce -cert"


def test_a_stamp_that_openssl_has_made_is_checked() -> None:
    manifest, chain = read_manifest(SPECIMEN)
    assert chain.sound, "a manifest of this format is read for good"
    (found,) = check_stamps(SPECIMEN, chain, manifest, [(SPECIMEN / "stamps" / "000002.pem").read_bytes()])
    assert (found.seq, found.checked, found.authority, found.findings) == (1, True, "CN=Test TSA", ())


def test_without_the_library_it_says_what_to_install(case: Path, tmp_path: Path) -> None:
    (tmp_path / "r.tsr").write_bytes(authority().reply(bytes.fromhex(head(case))))
    without = f"""
import sys
sys.modules["rfc3161_client"] = None
from lotproof.cli import run
run(["case", "stamp", {str(case)!r}, {str(tmp_path / "r.tsr")!r}])
"""
    done = subprocess.run([sys.executable, "-c", without], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "LP850" in done.stderr
    assert "pip install 'lotproof[stamp]'" in done.stderr
