# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts of the controller, at ``/metrics``. No personal data, no numbers of callers."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

CALLS = Counter("vaxel_calls_total", "Calls begun", ["organisation", "direction"])
ENDED = Counter("vaxel_calls_ended_total", "Calls ended", ["organisation", "outcome"])
LIVE = Gauge("vaxel_calls_live", "Calls now in the engine")
WAITING = Gauge("vaxel_calls_waiting", "Calls waiting for an operator")
WAITED = Histogram(
    "vaxel_waited_seconds", "Waiting time of answered calls", buckets=(1, 5, 10, 20, 30, 60, 120, 300, 600)
)
REFUSED = Counter("vaxel_commands_refused_total", "Operators' commands refused", ["code"])
ILLEGAL = Counter("vaxel_events_illegal_total", "Events that the call's state does not allow", ["event"])
UNKNOWN = Counter(
    "vaxel_engine_messages_unknown_total",
    "Messages of the engine that could not be read, or that nobody knows",
    ["type"],
)
UNKNOWN_NUMBER = Counter("vaxel_unknown_number_total", "Calls to a number that belongs to nobody")
STRANGERS = Counter(
    "vaxel_sip_refused_total", "Strangers, wrong passwords and malformed messages that the engine refused", ["why"]
)
TRUNK_FULL = Counter("vaxel_trunk_calls_refused_total", "Calls beyond the most that their trunk may bring at once")
NO_ROOM = Counter("vaxel_recordings_refused_total", "Messages that were not taken, for want of room on the disk")
CUT = Counter("vaxel_recordings_cut_total", "Recordings that ended at their longest time, not by who spoke")
PUT_ASIDE = Gauge("vaxel_records_put_aside", "Records of calls that could not be read, waiting for somebody to look at")
ROOM = Gauge("vaxel_recording_room", "1 while the disk has room for recordings")
PHONE_TRANSFERS = Counter("vaxel_phone_transfers_total", "Transfers by telephones' own keys", ["kind", "outcome"])
HOLDS = Counter("vaxel_holds_ignored_total", "Hold pressed on telephones more often than anybody would")
DIGITS = Counter("vaxel_digits_unasked_total", "Keys pressed while no menu asked for them")
FEATURE_CODES = Counter("vaxel_feature_codes_total", "Feature codes dialled on telephones of the house")
FAILED = Counter("vaxel_engine_commands_failed_total", "Commands that the engine refused", ["command", "status"])
ABANDONED = Counter("vaxel_calls_abandoned_total", "Calls given to the engine's own dialplan after a failure")
CONNECTIONS = Counter("vaxel_engine_connections_total", "Times the engine was connected to")
CONNECTED = Gauge("vaxel_engine_connected", "1 while the engine is connected")
UNSHIPPED = Gauge("vaxel_journal_unshipped", "Journal entries not yet in the database")
SPOOL_FAILED = Counter("vaxel_journal_spool_failed_total", "Journal lines that could not be written to local disk")
CONSOLES = Gauge("vaxel_consoles", "Consoles connected to the live hub")
ADOPTED = Counter("vaxel_calls_adopted_total", "Calls taken over by a restarted controller")
