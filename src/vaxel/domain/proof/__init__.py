# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""The proof that nobody is left ringing: every number, at every time, in every state, walked to its end.

``prove`` makes a ``Proof``; ``Proof.after`` proves again only what a change can reach. How, and why that is enough, is in
``docs/adr/0008-proof-by-classes.md``.
"""

from vaxel.domain.proof.findings import Finding, Kind
from vaxel.domain.proof.prover import Proof, Summary, prove
from vaxel.domain.proof.ways import Ending, Way, ways

__all__ = ["Ending", "Finding", "Kind", "Proof", "Summary", "Way", "prove", "ways"]
