# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProofConfig(AppConfig):
    name = "vaxel.proof"
    label = "proof"
    verbose_name = _("Proofs")

    def ready(self) -> None:
        from vaxel.directory import current, guard, noted
        from vaxel.policy import actions
        from vaxel.policy.evidence import proof as policy_evidence
        from vaxel.proof import evidence, known
        from vaxel.proof.guard import against_policy, proved

        noted.watch()
        current.FOLLOWERS.append(known.follow)
        guard.GUARDS.append(proved)
        actions.PROOFS.append(against_policy)
        policy_evidence.STATES.append(evidence.newest)
