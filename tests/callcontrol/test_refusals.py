# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's security log, read as it grows."""

from __future__ import annotations

from pathlib import Path

from vaxel.callcontrol.refusals import SecurityLog


def line(event: str, severity: str) -> str:
    return (
        f'[2026-11-24T08:22:56.283+0000] SECURITY[1] res_security_log.c: SecurityEvent="{event}",EventTV="x",'
        f'Severity="{severity}",Service="PJSIP",AccountID="a",RemoteAddress="IPV4/UDP/127.0.0.2/5060"\n'
    )


def test_only_what_is_new_and_was_refused_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "security"
    path.write_text(line("InvalidAccountID", "Error"))
    log = SecurityLog(path)
    assert not log.news()
    with path.open("a") as file:
        file.write(line("InvalidAccountID", "Error") * 3 + line("ChallengeSent", "Informational"))
        file.write(line("ChallengeResponseFailed", "Error"))
    assert log.news() == {"InvalidAccountID": 3, "ChallengeResponseFailed": 1}
    assert not log.news()


def test_a_line_that_is_not_whole_yet_is_counted_once_it_is(tmp_path: Path) -> None:
    path = tmp_path / "security"
    log = SecurityLog(path)
    whole = line("InvalidPassword", "Error")
    path.write_text(whole[:60])
    assert not log.news()
    path.write_text(whole)
    assert log.news() == {"InvalidPassword": 1}


def test_a_rotated_and_a_missing_log_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "security"
    log = SecurityLog(path)
    assert not log.news()
    path.write_text(line("InvalidPassword", "Error") * 5)
    assert log.news().total() == 5
    path.rename(tmp_path / "security.0")
    assert not log.news()
    path.write_text(line("FailedACL", "Error"))
    assert log.news() == {"FailedACL": 1}
