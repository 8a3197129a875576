# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is sent to the REST API."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest
from ninja.parser import Parser


class Objects(Parser):
    """JSON objects (RFC 8259, section 4). Of anything else the fields that may be left out would be taken for left out."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        told = orjson.loads(request.body)
        if not isinstance(told, dict):
            raise TypeError
        return told
