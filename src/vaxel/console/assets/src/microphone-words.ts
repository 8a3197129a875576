// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What to say when nobody can hear the operator: what is wrong, and what to do. Pure. */

import type { Catalogue } from "./i18n/catalogue.ts";
import type { MicrophoneTrouble } from "./microphone.ts";

export function microphoneWords(trouble: MicrophoneTrouble, t: Catalogue): string {
  const words: Readonly<Record<MicrophoneTrouble, string>> = {
    "": "",
    insecure: t.microphone_insecure,
    denied: t.microphone_denied,
    missing: t.microphone_missing,
    busy: t.microphone_busy,
    unplugged: t.microphone_unplugged,
    off_at_device: t.microphone_off,
    silent: t.microphone_silent,
    talking_muted: t.microphone_muted,
  };
  return words[trouble];
}
