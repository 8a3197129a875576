// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Sending what was written: one at a time, and a refusal is told and kept beside the fields. */

import { signal } from "@preact/signals";

import type { App } from "./app.ts";
import { Problem } from "./rest.ts";

export interface Refusal {
  readonly detail: string;
  readonly fields: Readonly<Record<string, string>>;
}

export class Sending {
  readonly refusal = signal<Refusal | null>(null);
  readonly busy = signal(false);
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** True when `act` went well; else what was refused stands in `refusal`, and has been told. */
  async try(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy.value) return false;
    this.busy.value = true;
    try {
      await act();
      this.refusal.value = null;
      return true;
    } catch (error) {
      const known = error instanceof Problem;
      this.refusal.value = { detail: known ? error.message : "", fields: known ? error.fields : {} };
      this.#app.tell(`${this.#app.t.not_saved} ${known ? error.message : ""}`.trim(), true);
      return false;
    } finally {
      this.busy.value = false;
    }
  }
}
