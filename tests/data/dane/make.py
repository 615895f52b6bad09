#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the certificates beside it (python3-cryptography). The keys are thrown away, so both change together."""
import datetime
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = pathlib.Path(__file__).parent


def name(common, organization=None):
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organization:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization))
    return x509.Name(parts)


def make(file, subject, key, issuer, issuer_key, ca, names=()):
    day = lambda year: datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc)
    builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
               .serial_number(x509.random_serial_number()).not_valid_before(day(2026)).not_valid_after(day(2028))
               .add_extension(x509.BasicConstraints(ca, None), True))
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), False)
    certificate = builder.sign(issuer_key, hashes.SHA256())
    (HERE / file).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


root_key, key, leaf_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
intermediate = name("Made-up Intermediate", "Let's Encrypt")
make("public_issuer.pem", intermediate, key, name("Made-up Root"), root_key, True)
make("public_leaf.pem", name("mx.example.com"), leaf_key, intermediate, key, False, ["mx.example.com"])
