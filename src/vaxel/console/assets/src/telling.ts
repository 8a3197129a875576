// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What the page says to its operator: a sentence that is shown and spoken, or one that is only spoken. */

import { signal } from "@preact/signals";

import type { Quote } from "./announce.ts";

export interface Told {
  readonly id: number;
  readonly text: string;
  readonly error: boolean;
}

/** Text for the two live regions. `id` rises, so that the same words twice are spoken twice. */
export interface Spoken {
  readonly id: number;
  readonly text: string;
  readonly quote?: Quote | undefined;
  /** When, by the browser's clock in milliseconds. */
  readonly at: number;
}

const SHOWN_SECONDS = 6;
/** Milliseconds for which words stay beside later ones: a screen reader reads what comes to a place, and only if it is there still. */
const KEPT = 3000;

export class Telling {
  readonly shown = signal<Told | null>(null);
  /** In the order in which they were said. */
  readonly polite = signal<readonly Spoken[]>([]);
  readonly urgent = signal<readonly Spoken[]>([]);
  #lastId = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Show a sentence and have it spoken. Errors stay until they are dismissed or something else is done. */
  tell(text: string, error: boolean): void {
    clearTimeout(this.#timer);
    const id = ++this.#lastId;
    this.shown.value = { id, text, error };
    this.say(text, error);
    if (!error) this.#timer = setTimeout(() => this.dismiss(), SHOWN_SECONDS * 1000);
  }

  dismiss(): void {
    this.shown.value = null;
  }

  say(text: string, urgent: boolean, quote?: Quote): void {
    const at = Date.now();
    const region = urgent ? this.urgent : this.polite;
    const before = region.peek().filter((one) => at - one.at < KEPT);
    region.value = [...before, { id: ++this.#lastId, text, quote, at }];
  }
}
