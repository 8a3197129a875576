# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of SIP: transports, phones and trunks.

Nobody is a guest: what is neither a phone that logs in nor a trunk's address is challenged, and never becomes a call.
"""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path

from vaxel.domain.countries import COUNTRIES
from vaxel.site.config import Config
from vaxel.site.words import _
from vaxel.telephony.engine.certificate import BROWSER, SIP, TRUSTED
from vaxel.telephony.engine.errors import ConfigurationError
from vaxel.telephony.engine.model import EngineModel, Phone, PhoneKind, Trunk
from vaxel.telephony.engine.places import Places
from vaxel.telephony.engine.text import display_name, document, name, section
from vaxel.telephony.media import spoken, tone_zone

SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")

VISITORS = "from-visitor"
"""The dialplan's context of telephones that belong to no organisation: anybody may borrow one, so none may call out."""

PHONE_OF = "PHONE_OF"
"""The channel variable that says to which organisation a telephone belongs."""

SILENT_SECONDS = 300
"""A call whose party sends no audio for so long has lost it: its phone was unplugged, or its browser died."""


def sip_files(model: EngineModel, config: Config, at: Places, *, transfers: bool) -> dict[str, str]:
    """File name → text. ``transfers``: desk phones may use their own transfer key.

    Raises :class:`ConfigurationError` for a phone or trunk that the engine can't carry.
    """
    usual_language = spoken(model.numbers[0].language) if model.numbers else "en"
    return {
        "pjsip.conf": _base(config, at),
        "pjsip_phones.conf": document(
            "Telephones.", [*_phone_templates(config, at), *(_phone(phone, transfers) for phone in model.phones)]
        ),
        "pjsip_trunks.conf": document(
            "The ways to the public network.",
            [part for trunk in model.trunks for part in _trunk(trunk, config, usual_language)],
        ),
    }


def media_address(config: Config) -> str:
    """The address that peers send their speech to."""
    if not ipaddress.ip_address(config.sip_host).is_unspecified:
        return config.sip_host
    # A datagram socket that is connected sends nothing; it only makes the kernel choose the address that leads outwards.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _base(config: Config, at: Places) -> str:
    general = {
        "type": "global",
        "user_agent": "Vaxel",
        "default_realm": "vaxel",
        "default_from_user": "vaxel",
        # By address last: a trunk on the same host as phones would swallow their registrations.
        "endpoint_identifier_order": "auth_username,username,ip",
        "disable_multi_domain": True,
        "ignore_uri_user_options": True,
        "taskprocessor_overload_trigger": "pjsip_only",
        "unidentified_request_count": 5,
        "unidentified_request_period": 5,
    }
    # An INVITE too large for a datagram goes by TCP (RFC 3261 §18.1.1), as one that offers many codecs and a trunk's headers may be.
    system = {"type": "system", "disable_tcp_switch": False}
    address = _bracketed(config.sip_host)
    plain = f"{address}:{config.sip_port}"
    tls = {
        "type": "transport",
        "protocol": "tls",
        "bind": f"{address}:{config.sip_tls_port}",
        "cert_file": at.keys / SIP.certificate,
        "priv_key_file": at.keys / SIP.key,
        "method": "tlsv1_2",
        "verify_server": True,
        "ca_list_file": _authorities(at),
    }
    return document(
        "SIP: where the engine listens, and how it tells who is calling.",
        [
            section("global", general),
            section("system", system),
            section("transport-udp", {"type": "transport", "protocol": "udp", "bind": plain}),
            section("transport-tcp", {"type": "transport", "protocol": "tcp", "bind": plain}),
            section("transport-tls", tls),
            section("transport-ws", {"type": "transport", "protocol": "ws", "bind": address}),
            "#include pjsip_phones.conf\n#include pjsip_trunks.conf\n",
        ],
    )


def _authorities(at: Places) -> Path | None:
    """Who vouches for trunks' certificates: the file that the administrator laid among the keys, else the system's list."""
    for file in (at.keys / TRUSTED, SYSTEM_AUTHORITIES):
        if file.is_file():
            return file
    return None


def _media(config: Config) -> dict[str, object]:
    return {
        "media_address": media_address(config),
        "bind_rtp_to_media_address": True,
        # Speech always passes the engine: it records, plays, and keeps a call alive while the controller is away.
        "direct_media": False,
        "rtp_symmetric": True,
        "force_rport": True,
        "rtp_timeout": SILENT_SECONDS,
    }


def _phone_templates(config: Config, at: Places) -> list[str]:
    phone: dict[str, object] = {
        "type": "endpoint",
        "context": "from-phone",
        "disallow": "all",
        "rewrite_contact": True,
        "allow_transfer": False,
        "allow_subscribe": False,
        "trust_id_outbound": True,
        "send_pai": True,
        # It was dialled with whom it will talk to; to be told again when it is bridged costs a transaction, often an INVITE with an offer.
        "send_connected_line": False,
        **_media(config),
    }
    desk = phone | {"allow": "g722,alaw,ulaw,opus"}
    browser = phone | {
        "allow": "opus,g722,alaw,ulaw",
        "webrtc": True,
        "dtls_cert_file": at.keys / BROWSER.certificate,
        "dtls_private_key": at.keys / BROWSER.key,
    }
    # One contact a phone: the one that registered last is the one that its user sits at.
    contact = {
        "type": "aor",
        "max_contacts": 1,
        "remove_existing": True,
        "default_expiration": 120,
        "minimum_expiration": 30,
    }
    return [
        section("vaxel-desk", desk, "!"),
        section("vaxel-browser", browser, "!"),
        section("vaxel-login", {"type": "auth", "auth_type": "digest"}, "!"),
        section("vaxel-contact", contact, "!"),
    ]


def _phone(phone: Phone, transfers: bool) -> str:
    user = name(phone.user, _("SIP user"))
    if user.startswith(("trunk-", "transport-", "vaxel-")) or user in ("global", "system"):
        raise ConfigurationError(
            _("The SIP user “{user}” is a word of the engine's own: give the telephone another.").format(user=user)
        )
    endpoint: dict[str, object] = {
        "context": None if phone.organisation else VISITORS,
        "auth": user,
        "aors": user,
        "callerid": f'"{display_name(phone.display_name)}" <{phone.caller_number}>',
        # A citizen's number in From must not be taken for the phone of that name.
        "identify_by": "auth_username" if user.isdigit() else "auth_username,username",
        "language": spoken(phone.language),
        "tone_zone": tone_zone(phone.country, phone.language),
    }
    variables = [f"{PHONE_OF}={name(phone.organisation, _('organisation'))}"] if phone.organisation else []
    if transfers and phone.kind is PhoneKind.DESK and phone.organisation:
        # A browser's user transfers in the console, and a visitor has nobody to transfer.
        endpoint["allow_transfer"] = True
        variables.append("PJSIP_TRANSFER_HANDLING()=ari-only")
    endpoint["set_var"] = variables
    kind = "vaxel-browser" if phone.kind is PhoneKind.BROWSER else "vaxel-desk"
    return "\n".join(
        [
            section(user, endpoint, kind),
            section(user, {"username": user, "password": phone.password}, "vaxel-login"),
            section(user, {}, "vaxel-contact"),
        ]
    )


def _trunk(trunk: Trunk, config: Config, usual_language: str) -> list[str]:
    title = f"trunk-{name(trunk.name, _('trunk'))}"
    secure = trunk.transport == "tls"
    server = f"sip:{_bracketed(trunk.host)}:{trunk.port}" + (
        "" if trunk.transport == "udp" else f";transport={trunk.transport}"
    )
    logs_in = bool(trunk.user)
    # In which its callers are told that a number isn't ours.
    known = COUNTRIES.get(trunk.country)
    language = known.language if known is not None else usual_language
    endpoint = {
        "type": "endpoint",
        "context": title,
        "transport": f"transport-{trunk.transport}",
        "disallow": "all",
        "allow": "alaw,g722,ulaw,opus",
        "aors": title,
        "outbound_auth": f"{title}-login" if logs_in else None,
        "from_domain": trunk.host,
        # By name it could be claimed by anybody who writes it in From.
        "identify_by": "ip",
        "user_eq_phone": True,
        # The public learns the number it called, not the name of the employee who answers.
        "send_connected_line": False,
        "trust_id_inbound": True,
        "trust_id_outbound": True,
        "send_pai": True,
        "allow_transfer": False,
        "allow_subscribe": False,
        "media_encryption": "sdes" if secure else None,
        "media_encryption_optimistic": True if secure else None,
        "language": language,
        "tone_zone": tone_zone(trunk.country, language),
        **_media(config),
    }
    parts = [section(title, endpoint), section(title, {"type": "aor", "contact": server})]
    if addresses := matches(trunk):
        parts.append(section(title, {"type": "identify", "endpoint": title, "match": addresses}))
    if logs_in:
        login = {"type": "auth", "auth_type": "digest", "username": trunk.user, "password": trunk.password}
        parts.append(section(f"{title}-login", login))
    if trunk.register:
        parts.append(section(f"{title}-registration", _registration(trunk, title, server)))
    return parts


def _registration(trunk: Trunk, title: str, server: str) -> dict[str, object]:
    host = f"{_bracketed(trunk.host)}:{trunk.port}"
    return {
        "type": "registration",
        "transport": f"transport-{trunk.transport}",
        "outbound_auth": f"{title}-login",
        "server_uri": server,
        "client_uri": f"sip:{trunk.user}@{host}",
        "contact_user": title,
        "endpoint": title,
        # The contact carries a secret word by which the provider's calls are known, from whichever of its addresses they come.
        "line": True,
        "expiration": 300,
        "retry_interval": 20,
        "forbidden_retry_interval": 120,
        "fatal_retry_interval": 120,
        # The default gives up after ten tries, and a municipality would be unreachable until somebody noticed.
        "max_retries": 1000000,
        "auth_rejection_permanent": False,
        # Seconds by chance before the first try; the default of ten is for providers with thousands of customers restarting at once.
        "max_random_initial_delay": 1,
    }


def matches(trunk: Trunk) -> tuple[str, ...]:
    """The addresses and networks by which the trunk's calls are known."""
    if trunk.match:
        return trunk.match
    # A host name would be looked up while the engine starts, and again never.
    try:
        ipaddress.ip_address(trunk.host)
    except ValueError:
        return ()
    return (trunk.host,)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
