# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's logs, read as they grow."""

from __future__ import annotations

from pathlib import Path

from vaxel.callcontrol.refusals import MOST_BYTES, EngineLog, beyond_the_trunk, malformed, refused
from vaxel.telephony.engine.dialplan import TRUNK_FULL


def line(event: str, severity: str) -> str:
    return (
        f'[2026-11-24T08:22:56.283+0000] SECURITY[1] res_security_log.c: SecurityEvent="{event}",EventTV="x",'
        f'Severity="{severity}",Service="PJSIP",AccountID="a",RemoteAddress="IPV4/UDP/127.0.0.2/5060"\n'
    )


def test_only_what_is_new_and_was_refused_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "security"
    path.write_text(line("InvalidAccountID", "Error"))
    log = EngineLog(path, refused)
    assert not log.news()
    with path.open("a") as file:
        file.write(line("InvalidAccountID", "Error") * 3 + line("ChallengeSent", "Informational"))
        file.write(line("ChallengeResponseFailed", "Error"))
    assert log.news() == {"InvalidAccountID": 3, "ChallengeResponseFailed": 1}
    assert not log.news()


def test_a_line_that_is_not_whole_yet_is_counted_once_it_is(tmp_path: Path) -> None:
    path = tmp_path / "security"
    log = EngineLog(path, refused)
    whole = line("InvalidPassword", "Error")
    path.write_text(whole[:60])
    assert not log.news()
    path.write_text(whole)
    assert log.news() == {"InvalidPassword": 1}


def test_a_rotated_and_a_missing_log_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "security"
    log = EngineLog(path, refused)
    assert not log.news()
    path.write_text(line("InvalidPassword", "Error") * 5)
    assert log.news().total() == 5
    path.rename(tmp_path / "security.0")
    assert not log.news()
    path.write_text(line("FailedACL", "Error"))
    assert log.news() == {"FailedACL": 1}


def test_what_the_engine_could_not_read_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "messages"
    log = EngineLog(path, malformed)
    stamp = "[2026-11-24T10:23:00.107+0000]"
    path.write_text(
        f"{stamp} WARNING[1] pjproject: \t       sip_transport.c Dropping 41 bytes packet from UDP 127.0.0.1:1 : PJSIP syntax error\n"
        f"{stamp} WARNING[1] pjproject: \t          sip_parser.c Field Content-Length not found!\n"
        f"{stamp} ERROR[1] pjproject: \t        sip_endpoint.c Error processing packet from 127.0.0.1:1: Missing header\n"
        f"INVITE sip:1 SIP/9.9\n\n-- end of packet.\n{stamp} NOTICE[1] loader.c: 104 modules will be loaded.\n"
    )
    assert log.news() == {"Malformed": 2}


def test_calls_beyond_a_trunks_most_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "messages"
    log = EngineLog(path, beyond_the_trunk)
    path.write_text(
        f"[2026-11-30T20:23:00.107+0000] NOTICE[1][C-00000002] Ext. s: {TRUNK_FULL}\n"
        f"[2026-11-30T20:23:00.108+0000] WARNING[1] pjproject: {TRUNK_FULL} or so\n"
    )
    assert log.news() == {"Full": 1}


def test_a_line_without_end_does_not_stop_the_counting(tmp_path: Path) -> None:
    path = tmp_path / "security"
    log = EngineLog(path, refused)
    path.write_text("x" * MOST_BYTES)
    assert not log.news()
    with path.open("a") as file:
        file.write("\n" + line("InvalidPassword", "Error"))
    assert log.news() == {"InvalidPassword": 1}
