# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""A disk that is nearly full: no recording is begun, and the caller is told."""

from __future__ import annotations

from pathlib import Path

from tests.callcontrol.switchboard import Switchboard
from vaxel.domain import commands as c
from vaxel.domain import events as e
from vaxel.domain.call import State
from vaxel.site.config import Config
from vaxel.telephony.engine import places, room, tell_dialplan


def test_a_recording_that_was_about_to_begin_is_not_begun(tmp_path: Path) -> None:
    with Switchboard(tmp_path) as s:
        id_ = s.waits("tana")
        s.controller.apply(id_, e.Unattended(at=1.0))
        s.controller.apply(id_, e.TimerFired(at=20.0, name="wait"))
        s.controller.look_for_room(False)
        s.hears_to_the_end(id_)
        assert s.call(id_).state is State.ANNOUNCING
        assert [command.items for _id, command in s.told if isinstance(command, c.Play)][-1] == (
            "no-message",
            "goodbye",
        )
        assert not [command for _id, command in s.told if isinstance(command, c.Record)]
        assert s.controller.ready()["recordings"] == "no room"


def test_calls_that_come_are_not_asked_for_a_message_until_there_is_room_again(tmp_path: Path) -> None:
    with Switchboard(tmp_path) as s:
        s.controller.look_for_room(False)
        told = s.arrives("tana")
        s.controller.look_for_room(True)
        asked = s.arrives("tana")
        assert [s.call(id_).limits.messages for id_ in (told, asked)] == [False, True]


def test_the_dialplan_is_told_by_a_mark(tmp_path: Path) -> None:
    config = Config(var=tmp_path, recording_room=0)
    at = places(config)
    at.make()
    assert tell_dialplan(config).enough
    full = Config(var=tmp_path, recording_room=room(config).free // 1_000_000 + 1_000_000)
    for _turn in range(2):
        assert not tell_dialplan(full).enough
        assert at.no_room.exists()
    tell_dialplan(config)
    assert not at.no_room.exists()
