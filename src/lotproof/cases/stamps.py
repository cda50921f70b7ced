"""
Time stamps of RFC 3161, made elsewhere: proof that the manifest up to a line existed at a time, by somebody who is none of the parties.

A stamp covers a line where its imprint is the hash of that line, or the SHA-256, SHA-384 or SHA-512 of the manifest up to the end of
that line, which is what a service stamps to which the file was given. Structure and signature are read by ``rfc3161-client``.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lotproof.cases.chain import Chain
from lotproof.cases.folder import read_small, reason, shown
from lotproof.findings import Finding, Severity
from lotproof.frozen import Frozen
from lotproof.messages import Message, as_it_stands, say

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

MOST_BYTES = 1_000_000
"""A reply, or a file of certificates, is no larger than this."""

STAMP, CERTIFICATE = "stamp", "stamp_certificate"

_ALGORITHMS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_INSTALL = say("install what reads time stamps: pip install 'lotproof[stamp]'")
_ASK = say(
    "get the certificates of the authority, its root among them, and give them: --certificate chain.pem "
    "(cat tsa.pem root.pem > chain.pem)"
)


class Stamp(Frozen, kw_only=True):
    """
    A time stamp and what is known about it.

    Attributes:
        path: of the reply in the case.
        seq: of the last line that it covers; None where it covers none.
        time: what it says; None where it cannot be read.
        authority: name of who made it, as the stamp gives it; empty where it does not.
        checked: its signature was checked, and the certificate is one of those given from outside the case.
        findings: LP848 to LP850.
    """

    path: str
    seq: int | None
    time: datetime.datetime | None
    authority: str
    checked: bool
    findings: tuple[Finding, ...]


def covered(found: Stamp, chain: Chain) -> str:
    """Return the hash of the line that a stamp covers."""
    hashes = list(chain.ends)
    return hashes[found.seq] if found.seq is not None else ""


def check_stamps(root: Path, chain: Chain, manifest: bytes, certificates: Sequence[bytes]) -> tuple[Stamp, ...]:
    """
    Check every time stamp of a case.

    Args:
        certificates: PEM files from outside the case; those that are kept in it say nothing about who made the stamp.
    """
    entries = chain.case.entries if chain.case else ()
    kept = {entry.stamped: entry for entry in entries if entry.what == CERTIFICATE}
    found = []
    for entry in entries:
        if entry.what != STAMP:
            continue
        try:
            reply = read_small(root / entry.path, MOST_BYTES)
            beside = kept.get(entry.stamped)
            inside = read_small(root / beside.path, MOST_BYTES) if beside else b""
        except OSError as error:
            message = say("cannot be read: {why}", why=reason(error))
            lost = _finding(entry.path, "LP848", message, say("put the reply of the authority back"))
            found.append(Stamp(path=entry.path, seq=None, time=None, authority="", checked=False, findings=(lost,)))
            continue
        stamp = check_reply(entry.path, reply, chain, manifest, certificates, kept=inside)
        if stamp.seq is not None and covered(stamp, chain) != entry.stamped:
            message = say("covers another line than it was recorded for")
            stamp = _with(stamp, _finding(entry.path, "LP848", message, say("put the reply back that belongs here")))
        found.append(stamp)
    return tuple(found)


def check_reply(
    where: str, reply: bytes, chain: Chain, manifest: bytes, certificates: Sequence[bytes], *, kept: bytes
) -> Stamp:
    """LP848, LP849, LP850: say what a reply covers, and whether somebody known has signed it."""
    nothing = Stamp(path=where, seq=None, time=None, authority="", checked=False, findings=())
    try:
        from rfc3161_client import decode_timestamp_response
    except ImportError:
        message = say("the time stamp cannot be read: rfc3161-client is not installed")
        return _with(nothing, _open(where, message, _INSTALL))
    try:
        response = decode_timestamp_response(reply)
        info = response.tst_info
        imprint, algorithm = bytes(info.message_imprint.message), info.message_imprint.hash_algorithm.dotted_string
        time, authority = info.gen_time, _authority(response)
    except Exception:  # what a library raises on bytes of somebody else
        message = say("is no reply of a time stamp authority, or one that refuses")
        hint = say("give the reply of the authority as it came: DER, usually called .tsr")
        return _with(nothing, _finding(where, "LP848", message, hint))
    seq = _line_of(imprint, _ALGORITHMS.get(algorithm, ""), chain, manifest)
    stamp = Stamp(path=where, seq=seq, time=time, authority=authority, checked=False, findings=())
    if seq is None:
        message = say("covers no line of this manifest: its imprint is {imprint}", imprint=imprint.hex()[:64])
        hint = say(
            "ask for a stamp over the head that lotproof case status prints: lotproof case stamp CASE --request head.tsq"
        )
        stamp = _with(stamp, _finding(where, "LP848", message, hint))
    trusted = b"".join(certificates)
    if trusted:
        fault = _fault(response, trusted)
        if fault:
            return _with(stamp, _unreliable(where, fault))
        return _with(stamp, checked=True)
    if kept:
        fault = _fault(response, kept)
        if fault:
            return _with(stamp, _unreliable(where, fault))
        message = say(
            "is signed as the certificate says that is kept in the case; whether that is the authority's, the case cannot say"
        )
        return _with(stamp, _open(where, message, _ASK))
    return _with(stamp, _open(where, say("its signature was not checked: no certificate was given"), _ASK))


def _line_of(imprint: bytes, algorithm: str, chain: Chain, manifest: bytes) -> int | None:
    """Return the number of the last line that an imprint covers."""
    if not algorithm:
        return None
    hashes = list(chain.ends)
    if algorithm == "sha256" and imprint.hex() in chain.ends:
        return hashes.index(imprint.hex())
    digest, start = hashlib.new(algorithm), 0
    for number, end in enumerate(chain.ends.values()):
        digest.update(memoryview(manifest)[start:end])
        start = end
        if digest.digest() == imprint:
            return number
    return None


def _unreliable(where: str, fault: Message) -> Finding:
    return _finding(where, "LP849", say("cannot be relied on: {why}", why=fault), _ASK)


def _fault(response: TimeStampResponse, pem: bytes) -> Message | None:
    """Return why a stamp is not signed by one of the certificates, or by somebody they vouch for; None where it is."""
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder

    try:
        given = load_pem_x509_certificates(pem)
    except ValueError:
        return say("the file of certificates is no PEM (-----BEGIN CERTIFICATE-----)")
    roots = [certificate for certificate in given if certificate.issuer == certificate.subject]
    if not roots:
        return say("no root certificate was given: each of those given was issued by somebody else")
    stampers: list[Certificate | None] = [certificate for certificate in given if _stamps_time(certificate)]
    others = [certificate for certificate in given if certificate not in (*roots, *stampers)]
    fault: Message | None = None
    for own in stampers or [None]:  # whoever is named has to be the one that signed
        verifier = VerifierBuilder(roots=roots, intermediates=others, tsa_certificate=own).build()
        try:
            verifier.verify(response, bytes(response.tst_info.message_imprint.message))
        except VerificationError as error:
            fault = _in_words(str(error))
        except Exception as error:  # a certificate that cannot be read
            fault = _in_words(str(error))
        else:
            return None
    return fault


def _stamps_time(certificate: Certificate) -> bool:
    from cryptography.x509 import ExtendedKeyUsage, ExtensionNotFound
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        usage = certificate.extensions.get_extension_for_class(ExtendedKeyUsage).value
    except (ExtensionNotFound, ValueError):
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage


def _in_words(told: str) -> Message:
    """Return what the library says, without the places in its source."""
    for part, words in (
        (
            "unable to get local issuer certificate",
            say("its certificate was issued by nobody whose certificate was given"),
        ),
        ("signer certificate not found", say("the certificate of who signed it was not given")),
        ("certificate has expired", say("its certificate had expired by the time of the stamp")),
        ("certificate is not yet valid", say("its certificate was not valid yet at the time of the stamp")),
        ("digest failure", say("it was changed after it was signed")),
        ("signature failure", say("its signature is wrong")),
    ):
        if part in told:
            return words
    return as_it_stands(shown(told.split(" ErrorStack", maxsplit=1)[0][:200]))


def _authority(response: TimeStampResponse) -> str:
    name = getattr(response.tst_info.name, "value", None)
    text = getattr(name, "rfc4514_string", None)
    return shown(text()) if callable(text) else ""


def _with(stamp: Stamp, *findings: Finding, checked: bool = False) -> Stamp:
    return Stamp(
        path=stamp.path,
        seq=stamp.seq,
        time=stamp.time,
        authority=stamp.authority,
        checked=stamp.checked or checked,
        findings=(*stamp.findings, *findings),
    )


def certificates_of(files: Iterable[tuple[str, bytes]]) -> Iterator[Finding]:
    """LP849: a file of certificates that is none."""
    for name, content in files:
        if b"-----BEGIN CERTIFICATE-----" not in content:
            message = say("is no file of certificates in PEM")
            hint = say("convert it: openssl x509 -inform DER -in tsa.crt -out tsa.pem")
            yield _finding(shown(name), "LP849", message, hint)


def _finding(where: str, code: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code=code, message=message, hint=hint)


def _open(where: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code="LP850", severity=Severity.OPEN, message=message, hint=hint)
