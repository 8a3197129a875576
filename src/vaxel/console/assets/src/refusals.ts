// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Why the hub refused, in the operator's language: its own sentence, which the server translates, since it says more than a code can. */

import type { CommandError } from "./hub.ts";

/** Of these the state tells more, or nothing was said by the hub. */
const BY_CODE: ReadonlySet<string> = new Set(["taken", "not_found", "offline", "timeout"]);
const PATIENCE = 1000;

export class Refusals {
  readonly #url: string;
  readonly #known = new Map<string, string>();

  /** `url` translates `?text=…`, with the fields beside it; "" when there is nobody who does. */
  constructor(url: string) {
    this.#url = url;
  }

  /** The sentence, or `otherwise` when there is none or it doesn't come in time: she waits for an answer. */
  async words(error: CommandError, otherwise: string): Promise<string> {
    if (this.#url === "" || error.text === "" || BY_CODE.has(error.code)) return otherwise;
    const query = new URLSearchParams({ ...error.fields, text: error.text }).toString();
    const known = this.#known.get(query);
    if (known !== undefined) return known;
    try {
      const response = await fetch(`${this.#url}?${query}`, { signal: AbortSignal.timeout(PATIENCE) });
      if (!response.ok) return otherwise;
      const { text } = (await response.json()) as { text: string };
      this.#known.set(query, text);
      return text;
    } catch {
      return otherwise;
    }
  }
}
