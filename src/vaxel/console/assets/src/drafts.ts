// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/**
 * What an operator is writing outlives a reload of the page. It is about people: it stays in this tab, and goes when it is sent, when she
 * logs out, here or on another page, when somebody else sits down at the page, and when the tab is closed.
 */

import { effect, type Signal } from "@preact/signals";

import type { App } from "./app.ts";

const KEY = "vaxel.drafts.";

/** What is needed of `sessionStorage`. */
type Store = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

/** What `operator` had written here, by the name of its form; what others had is thrown away. */
export function kept(store: Store, operator: string): Readonly<Record<string, unknown>> {
  const mine = KEY + operator;
  forget(store, mine);
  try {
    const found: unknown = JSON.parse(store.getItem(mine) ?? "{}");
    return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Keep what isn't null of `forms`. */
export function keep(store: Store, operator: string, forms: Readonly<Record<string, unknown>>): void {
  const written = Object.entries(forms).filter(([, form]) => form !== null);
  if (written.length === 0) store.removeItem(KEY + operator);
  else store.setItem(KEY + operator, JSON.stringify(Object.fromEntries(written)));
}

/** Throw away every draft but that under `except`. */
export function forget(store: Store, except = ""): void {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? "");
  for (const key of keys) if (key.startsWith(KEY) && key !== except) store.removeItem(key);
}

export class Drafts {
  readonly #app: App;
  readonly #forms: Readonly<Record<string, Signal<unknown>>>;
  /** Whose they are, "" as long as that isn't known. */
  #me = "";

  constructor(app: App) {
    this.#app = app;
    const { messages, promises, absences, supervision } = app;
    const forms = {
      message: messages.draft,
      note: messages.note,
      promise: promises.draft,
      absence: absences.draft,
      announcement: supervision.announcement,
    };
    this.#forms = forms as unknown as Readonly<Record<string, Signal<unknown>>>;
  }

  /** As soon as it is known who she is, give her back what she had written; from then on, keep it. */
  start(): void {
    effect(() => {
      const { me } = this.#app.state.value;
      const forms = Object.entries(this.#forms).map(([name, form]) => [name, form.value] as const);
      if (me === "") return;
      if (me === this.#me) keep(sessionStorage, me, Object.fromEntries(forms));
      else this.#restore(me);
    });
  }

  #restore(me: string): void {
    // Somebody else has logged in meanwhile.
    if (this.#me !== "") this.#empty();
    this.#me = me;
    const before = Object.entries(kept(sessionStorage, me)).filter(([name]) => name in this.#forms);
    for (const [name, form] of before) {
      const place = this.#forms[name];
      if (place?.peek() === null) place.value = form;
    }
    if (before.length > 0) this.#app.say(this.#app.t.drafts_restored, false);
  }

  /** She logs out: nothing of it stays. */
  clear(): void {
    this.#empty();
    forget(sessionStorage);
  }

  #empty(): void {
    for (const form of Object.values(this.#forms)) form.value = null;
  }
}
