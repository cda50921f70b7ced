"""A time stamp authority for tests: replies of RFC 3161, right ones and wrong ones, put together byte by byte."""

from __future__ import annotations

import datetime
import hashlib
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

WHEN = datetime.datetime(2027, 6, 12, 9, 30, tzinfo=datetime.UTC)

SHA256, SHA512 = "2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.3"
_SIGNED_DATA, _TST_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE, _MESSAGE_DIGEST, _CERTIFICATE_V2 = (
    "1.2.840.113549.1.9.3",
    "1.2.840.113549.1.9.4",
    "1.2.840.113549.1.9.16.2.47",
)
_ECDSA_SHA256 = "1.2.840.10045.4.3.2"


class Authority:
    """
    Who makes time stamps, with a certificate that a root has issued.

    Args:
        usage: what the certificate is for.
        until: when it ends.
    """

    def __init__(
        self,
        usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING,
        until: datetime.datetime = datetime.datetime(2037, 1, 1, tzinfo=datetime.UTC),
        name: str = "Test authority",
    ) -> None:
        self.key, root_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        self.root = _certificate(f"{name} root", root_key, f"{name} root", root_key, None, until)
        self.certificate = _certificate(name, self.key, f"{name} root", root_key, usage, until)
        self.pem, self.root_pem = (c.public_bytes(serialization.Encoding.PEM) for c in (self.certificate, self.root))

    def reply(
        self,
        imprint: bytes,
        *,
        algorithm: str = SHA256,
        when: datetime.datetime = WHEN,
        with_certificate: bool = True,
        granted: bool = True,
        digest: bytes | None = None,
    ) -> bytes:
        """Return a reply; with another ``digest`` the signature is over something else than what is told."""
        info = _sequence(
            _integer(1),
            _identifier("1.2.3.4.1"),
            _sequence(_sequence(_identifier(algorithm), b"\x05\x00"), _tagged(4, imprint)),
            _integer(7),
            _tagged(0x18, when.strftime("%Y%m%d%H%M%SZ").encode()),
        )
        encoded = self.certificate.public_bytes(serialization.Encoding.DER)
        signing = _sequence(_sequence(_sequence(_tagged(4, hashlib.sha256(encoded).digest()))))
        attributes = b"".join(
            sorted(
                (
                    _sequence(_identifier(_CONTENT_TYPE), _tagged(0x31, _identifier(_TST_INFO))),
                    _sequence(
                        _identifier(_MESSAGE_DIGEST), _tagged(0x31, _tagged(4, digest or hashlib.sha256(info).digest()))
                    ),
                    _sequence(_identifier(_CERTIFICATE_V2), _tagged(0x31, signing)),
                )
            )
        )
        signature = self.key.sign(_tagged(0x31, attributes), ec.ECDSA(hashes.SHA256()))
        signer = _sequence(
            _integer(1),
            _sequence(self.certificate.issuer.public_bytes(), _integer(self.certificate.serial_number)),
            _sequence(_identifier(SHA256), b"\x05\x00"),
            _tagged(0xA0, attributes),
            _sequence(_identifier(_ECDSA_SHA256)),
            _tagged(4, signature),
        )
        signed = _sequence(
            _integer(3),
            _tagged(0x31, _sequence(_identifier(SHA256), b"\x05\x00")),
            _sequence(_identifier(_TST_INFO), _tagged(0xA0, _tagged(4, info))),
            _tagged(0xA0, encoded) if with_certificate else b"",
            _tagged(0x31, signer),
        )
        if not granted:
            return _sequence(_sequence(_integer(2)))
        return _sequence(_sequence(_integer(0)), _sequence(_identifier(_SIGNED_DATA), _tagged(0xA0, signed)))


@cache
def authority(name: str = "Test authority") -> Authority:
    """An authority whose stamps are right; another one for each name."""
    return Authority(name=name)


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    usage: x509.ObjectIdentifier | None,
    until: datetime.datetime,
) -> x509.Certificate:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=usage is None, path_length=None), critical=True)
    )
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def _tagged(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content


def _sequence(*parts: bytes) -> bytes:
    return _tagged(0x30, b"".join(parts))


def _integer(value: int) -> bytes:
    return _tagged(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _identifier(dotted: str) -> bytes:
    first, second, *others = map(int, dotted.split("."))
    out = bytearray([40 * first + second])
    for number in others:
        groups = [number & 127]
        while number := number >> 7:
            groups.append(number & 127 | 128)
        out += bytes(reversed(groups))
    return _tagged(6, bytes(out))
