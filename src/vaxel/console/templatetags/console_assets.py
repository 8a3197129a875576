# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""``{% load console_assets %}{% asset "vaxel.css" %}``: the address of a built file, new for every build."""

from __future__ import annotations

from django import template
from django.templatetags.static import static

from vaxel.console.assets_build import version

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """The address of ``name`` in the build folder, with the build's version so that browsers don't keep an older one."""
    return f"{static(f'console/build/{name}')}?v={version()}"
