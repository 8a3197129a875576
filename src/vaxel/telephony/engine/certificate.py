# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's own certificates, made once for the installation and renewed before they expire.

An administrator who has better ones lays them in ``VAR/engine/keys`` under the same names: a certificate that we didn't make is left alone.
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

TRUSTED = "trusted.pem"
"""Authorities whom to believe about trunks' certificates, instead of the system's."""

LIFE = timedelta(days=3650)
RENEW = timedelta(days=60)
ORGANISATION = "Vaxel, self-signed"


@dataclass(frozen=True)
class Pair:
    """File names of a certificate and its key, among the keys. ``curve``: an elliptic-curve key, else RSA."""

    certificate: str
    key: str
    curve: bool


# Desk phones of some age know only RSA; browsers make a DTLS connection a call, which is cheaper by curve.
SIP = Pair("sip.pem", "sip-key.pem", curve=False)
BROWSER = Pair("browser.pem", "browser-key.pem", curve=True)


def ensure(pair: Pair, folder: Path, host: str) -> None:
    """Make or renew ``pair`` in ``folder``, for a server at the address or name ``host``."""
    certificate, key = folder / pair.certificate, folder / pair.key
    if certificate.exists() and key.exists() and not _is_ours_and_old(certificate):
        return
    private = ec.generate_private_key(ec.SECP256R1()) if pair.curve else rsa.generate_private_key(65537, 2048)
    _write(key, _key_text(private), 0o600)
    _write(certificate, _certificate(private, host).public_bytes(serialization.Encoding.PEM), 0o644)


def _is_ours_and_old(certificate: Path) -> bool:
    found = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = found.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    is_ours = bool(names) and names[0].value == ORGANISATION
    return is_ours and found.not_valid_after_utc - datetime.now(UTC) < RENEW


def _certificate(private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, host: str) -> x509.Certificate:
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION), x509.NameAttribute(NameOID.COMMON_NAME, host)]
    )
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        # Clocks of telephones are often wrong by hours.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectAlternativeName([_alternative_name(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False
        )
        .sign(private, hashes.SHA256())
    )


def _alternative_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _key_text(private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)
