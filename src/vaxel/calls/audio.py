# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sound files over HTTP, with byte ranges (RFC 9110 §14), so that a player can seek."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from vaxel.calls.models import Voicemail
from vaxel.site.config import config

_PIECE = 64 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def path_of(voicemail: Voicemail) -> Path:
    """Where the recording lies. Raises ``Http404`` when its name isn't one that the engine gives."""
    if not _NAME.fullmatch(voicemail.name) or not _NAME.fullmatch(voicemail.folder):
        raise Http404
    return config().var / "engine" / "spool" / voicemail.folder / f"{voicemail.name}.wav"


def answer(request: HttpRequest, path: Path) -> HttpResponseBase:
    """The file, whole (200) or the part asked for (206); 416 for a part that it hasn't. Raises ``Http404`` without a file."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise Http404 from error
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    wanted = _wanted(request, etag, status.st_size)
    if wanted == ():
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{status.st_size}"})
    first, last = wanted or (0, status.st_size - 1)
    length = last - first + 1
    headers = {
        "Content-Length": str(length),
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Cache-Control": "private, no-cache",
    }
    if wanted:
        headers["Content-Range"] = f"bytes {first}-{last}/{status.st_size}"
    code = 206 if wanted else 200
    if request.method == "HEAD":
        return HttpResponse(status=code, headers=headers, content_type="audio/wav")
    return StreamingHttpResponse(_pieces(path, first, length), status=code, headers=headers, content_type="audio/wav")


def _wanted(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """First and last byte asked for; None for the whole file, () for a range beyond it.

    Several ranges at once, or units other than bytes, may be ignored (RFC 9110 §14.2), and are.
    """
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if match is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and first and int(last) < int(first):
        return None
    return (start, end) if start <= end else ()


async def _pieces(path: Path, first: int, length: int) -> AsyncIterator[bytes]:
    file = await asyncio.to_thread(path.open, "rb")
    try:
        await asyncio.to_thread(file.seek, first)
        while length > 0 and (piece := await asyncio.to_thread(file.read, min(_PIECE, length))):
            length -= len(piece)
            yield piece
    finally:
        file.close()
