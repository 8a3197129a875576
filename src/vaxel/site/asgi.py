# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The web as an ASGI application: ``vaxel.site.asgi:application``."""

from __future__ import annotations

import os
import warnings

from django.core.asgi import get_asgi_application

from vaxel.site.request_size import limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vaxel.site.settings")

# Static files are small and read whole; those that aren't (recordings) are sent asynchronously.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

application = limited(get_asgi_application())

# Models are there only now.
from vaxel.directory.search import live  # noqa: E402

live.warm()
