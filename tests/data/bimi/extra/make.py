#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the mark certificates beside it (python3-cryptography): what ../vmc lacks. The keys are thrown away, so all of
them change together."""
import base64
import datetime
import gzip
import hashlib
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = pathlib.Path(__file__).parent
LOGO = (HERE / "../svg/good.svg").read_bytes()
MARK = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.31")


def day(year, month, date):
    return datetime.datetime(year, month, date, tzinfo=datetime.timezone.utc)


def der(tag, *parts):
    body = b"".join(parts)
    length = len(body)
    if length < 128:
        return bytes([tag, length]) + body
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + body


def logotype(uri, digest):
    algorithm = der(0x30, bytes.fromhex("0609608648016503040201"))  # SHA-256
    details = der(0x30, der(0x16, b"image/svg+xml"), der(0x30, der(0x30, algorithm, der(0x04, digest))),
                  der(0x30, der(0x16, uri)))
    return der(0x30, der(0xa2, der(0xa0, der(0x30, der(0x30, details)))))


def packed_logotype(logo, digest=None):
    packed = gzip.compress(logo, mtime=0)
    uri = b"data:image/svg+xml;base64," + base64.b64encode(packed)
    return logotype(uri, digest or hashlib.sha256(packed).digest())


def name(common, mark=None):
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if mark:
        parts.append(x509.NameAttribute(x509.ObjectIdentifier("1.3.6.1.4.1.53087.1.13"), mark))
    return x509.Name(parts)


root_key = ec.generate_private_key(ec.SECP256R1())
root_name = name("Test Mark Root")
root = (x509.CertificateBuilder().subject_name(root_name).issuer_name(root_name).public_key(root_key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(day(2020, 1, 1)).not_valid_after(day(2040, 1, 1))
        .add_extension(x509.BasicConstraints(True, None), True).sign(root_key, hashes.SHA256()))


def make(file, mark="Registered Mark", extension=None, more=(), begin=day(2026, 6, 1), timestamps=True):
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (x509.CertificateBuilder().subject_name(name("Example Ltd", mark)).issuer_name(root_name)
               .public_key(key.public_key()).serial_number(x509.random_serial_number())
               .not_valid_before(begin).not_valid_after(day(2027, 6, 1))
               .add_extension(x509.SubjectAlternativeName([x509.DNSName("example.com")]), False)
               .add_extension(x509.ExtendedKeyUsage([MARK]), False)
               .add_extension(x509.CRLDistributionPoints([x509.DistributionPoint(
                   [x509.UniformResourceIdentifier("http://crl.example.net/1.crl")], None, None, None)]), False))
    unknown = [("1.3.6.1.5.5.7.1.12", extension or packed_logotype(LOGO))]
    if timestamps:  # one of octets that no log made
        unknown.append(("1.3.6.1.4.1.11129.2.4.2", der(0x04, b"\0\x06\0\x04\0\1\2\3")))
    for oid, value in unknown:
        builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value), False)
    for value in more:
        builder = builder.add_extension(value, True)
    leaf = builder.sign(root_key, hashes.SHA256())
    (HERE / file).write_bytes(leaf.public_bytes(serialization.Encoding.PEM))


(HERE / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
make("good.pem")
make("name_constraints.pem", more=(x509.NameConstraints([x509.DNSName("example.com")], None),))
make("unknown_mark_type.pem", mark="Nice Mark")
make("prior_use_without_source.pem", mark="Prior Use Mark")
make("bad_hash.pem", extension=packed_logotype(LOGO, bytes(32)))
make("image_elsewhere.pem", extension=logotype(b"https://img.example.com/logo.svg", bytes(32)))
make("image_that_never_ends.pem", extension=packed_logotype(bytes(4 << 20)))
