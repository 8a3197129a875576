# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""People's own calendars, read for one thing alone: when somebody is busy or out of office (AAB-8, AAB-17, AAB-18).

A subscribed address (iCalendar, RFC 5545) or a collection on a CalDAV server (RFC 4791) is read by the worker every quarter of an hour.
Start and end are kept; subject, place, text and participants are dropped where they are read, and reach neither database nor log.
"""
