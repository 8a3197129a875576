// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Which calls a browser phone answers by itself. */

/** `Call-Info: …;answer-after=0` and `Alert-Info: …info=alert-autoanswer` both ask a phone to answer by itself. */
export function asksForAnswer(header: (name: string) => string | undefined): boolean {
  return (
    /;\s*answer-after=0\b/i.test(header("Call-Info") ?? "") || /info=alert-autoanswer/i.test(header("Alert-Info") ?? "")
  );
}
