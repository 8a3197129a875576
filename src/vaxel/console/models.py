# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the console keeps of its operators: their own keys."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OwnKeys(models.Model):
    """The keys that somebody has changed, by action; what isn't among them is as it is for everybody."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="own_keys", verbose_name=_("user"), primary_key=True
    )
    keys = models.JSONField(_("keys"), default=dict)

    class Meta:
        verbose_name = _("own keys")
        verbose_name_plural = _("own keys")

    def __str__(self) -> str:
        return str(self.user)
