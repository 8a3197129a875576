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

export class Telling {
  readonly shown = signal<Told | null>(null);
  readonly polite = signal<Spoken>({ id: 0, text: "", at: 0 });
  readonly urgent = signal<Spoken>({ id: 0, text: "", at: 0 });
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
    (urgent ? this.urgent : this.polite).value = { id: ++this.#lastId, text, quote, at: Date.now() };
  }
}
