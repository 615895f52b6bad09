#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the certificates beside it (python3-cryptography). The keys are thrown away, so all of them change together."""
import datetime
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HERE = pathlib.Path(__file__).parent
UTC = datetime.timezone.utc


def day(year, month=1, date=1):
    return datetime.datetime(year, month, date, tzinfo=UTC)


def name(common, organization=None):
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organization:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization))
    return x509.Name(parts)


class Authority:
    def __init__(self, subject, key):
        self.subject, self.key = subject, key


def make(subject, key, issuer, begin=day(2026), end=day(2027), ca=None, path_length=None, names=(), usages=(),
         critical_unknown=False):
    builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer.subject)
               .public_key(key.public_key()).serial_number(x509.random_serial_number())
               .not_valid_before(begin).not_valid_after(end)
               .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
               .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False))
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca, path_length), True)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), False)
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), False)
    if critical_unknown:
        oid = x509.ObjectIdentifier("2.25.1")
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, b"\x05\x00"), True)
    algorithm = None if isinstance(issuer.key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(issuer.key, algorithm)


def write(file, *certificates):
    (HERE / file).write_bytes(b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates))


def curve():
    return ec.generate_private_key(ec.SECP256R1())


root = Authority(name("Test Root", "Example, Inc."), rsa.generate_private_key(65537, 2048))
write("root.pem", make(root.subject, root.key, root, day(2020), day(2040), ca=True))
other = Authority(root.subject, rsa.generate_private_key(65537, 2048))
write("other_root_of_the_same_name.pem", make(other.subject, other.key, other, day(2020), day(2040), ca=True))
issuing = Authority(name("Test Issuer"), curve())
write("issuer.pem", make(issuing.subject, issuing.key, root, day(2021), day(2030), ca=True, path_length=0))
leaf_key = curve()
leaf = make(name("mx.example.com"), leaf_key, issuing, names=("mx.example.com", "*.Example.net"),
            usages=(ExtendedKeyUsageOID.SERVER_AUTH,))
write("leaf.pem", leaf)
write("leaf_with_unknown_critical_extension.pem",
      make(name("mx.example.com"), leaf_key, issuing, names=("mx.example.com",), critical_unknown=True))
write("signed_by_a_leaf.pem", make(name("mx.example.com"), curve(), Authority(name("mx.example.com"), leaf_key),
                                   names=("mx.example.com",)))
below = Authority(name("Below Issuer"), curve())
write("too_deep_issuer.pem", make(below.subject, below.key, issuing, day(2021), day(2030), ca=True))
write("too_deep_leaf.pem", make(name("mx.example.com"), curve(), below, names=("mx.example.com",)))
alone = Authority(name("alone.example"), ed25519.Ed25519PrivateKey.generate())
write("self_signed_ed25519.pem", make(alone.subject, alone.key, alone, names=("alone.example",)))
