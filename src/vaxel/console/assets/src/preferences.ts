// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What an operator has chosen for this browser: how the page looks, how much it speaks, which language it has. */

import { type Signal, signal } from "@preact/signals";

/** How much is spoken of calls. Refusals and troubles are always spoken: they answer a key. */
export const SPEECH = ["none", "short", "full"] as const;
export type Speech = (typeof SPEECH)[number];

export const APPEARANCES = ["auto", "light", "dark"] as const;
export type Appearance = (typeof APPEARANCES)[number];

/** A choice among `all`, kept under `key`; what was kept by another version and is none of them counts as the first. */
export class Preference<T extends string> {
  readonly all: readonly T[];
  readonly #key: string;
  readonly #value: Signal<T>;

  constructor(key: string, all: readonly [T, ...T[]], otherwise: T = all[0]) {
    this.all = all;
    this.#key = `vaxel.${key}`;
    const kept = localStorage.getItem(this.#key);
    this.#value = signal(all.find((one) => one === kept) ?? otherwise);
  }

  get value(): T {
    return this.#value.value;
  }

  set(value: T): void {
    this.#value.value = value;
    localStorage.setItem(this.#key, value);
  }
}

export const speech = new Preference<Speech>("speech", SPEECH, "short");
export const appearance = new Preference<Appearance>("appearance", APPEARANCES);
/** Northern Sámi instead of Norwegian where its words are known, from the next time that the page is loaded. */
export const sami = new Preference<"off" | "on">("sami", ["off", "on"]);
