// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Notes and messages being written. They outlive the call, a lost connection and a refusal; only the operator drops them. */

import { effect, signal } from "@preact/signals";

import type { App } from "./app.ts";
import { type Card, isPerson, isShared, type Named } from "./people.ts";
import type { Call } from "./protocol.ts";
import { Sending } from "./sending.ts";
import { numberOf } from "./words.ts";

/** Who gets a message: a person, or the switchboard's own list with `id` "" (GNO-14). */
export interface Receiver extends Named {
  readonly unit?: string;
}

export interface Draft {
  readonly call: string;
  /** null while the search for the receiver is still under way. */
  readonly to: Receiver | null;
  /** Who may get it when a group or a unit is meant, which can't read it itself; the first is proposed. */
  readonly choice: readonly Receiver[];
  /** The group or unit that is meant, "" for none. */
  readonly about: string;
  readonly caller_name: string;
  readonly caller_number: string;
  readonly matter: string;
  readonly call_back: boolean;
  /** As a `datetime-local` field has it, "" for none. */
  readonly promised: string;
}

/** Who may get a message meant for the group or unit on `card`: its telephone contacts, its members, the switchboard. Nobody twice. */
export function receivers(card: Card | null, switchboard: Receiver): readonly Receiver[] {
  const known = [...(card?.contacts ?? []), ...(card?.members ?? [])].map(({ id, name }) => ({ id, name }));
  return [...new Map([...known, switchboard].map((one) => [one.id, one])).values()];
}

export class Messages {
  readonly draft = signal<Draft | null>(null);
  readonly sending: Sending;
  /** The note being written, and the call that it is about, which may have ended meanwhile. */
  readonly note = signal<{ readonly call: string; readonly text: string } | null>(null);
  /** The call that notes and messages belong to: mine, or the last that I had. */
  readonly call = signal<Call | null>(null);

  readonly #app: App;
  /** Done when the receiver has been looked for. */
  #finding: Promise<void> = Promise.resolve();

  constructor(app: App) {
    this.#app = app;
    this.sending = new Sending(app);
    effect(() => {
      const { mine } = app.board.value;
      if (mine !== null) this.call.value = mine;
    });
  }

  get #switchboard(): Receiver {
    return { id: "", name: this.#app.t.switchboard };
  }

  /**
   * Begin a message to the chosen person, or give the one being written another receiver. Without one it goes to the switchboard's own
   * list. The form opens at once, even while the search is under way, so that nothing that is typed next goes astray.
   */
  begin(): void {
    const { t, state, search } = this.#app;
    const call = this.call.value;
    if (call === null) return this.#app.tell(t.message_no_call, true);
    const searching = search.status.value === "searching";
    const found = searching ? null : search.chosen.value;
    const draft = this.draft.value;
    if (draft !== null && draft.matter !== "") {
      if (isPerson(found)) this.change({ to: found, choice: [], about: "" });
      return;
    }
    this.sending.refusal.value = null;
    this.draft.value = {
      call: call.id,
      to: searching || isShared(found) ? null : isPerson(found) ? found : this.#switchboard,
      choice: [],
      about: "",
      caller_name: call.caller.name,
      caller_number: numberOf(call, state.value),
      matter: "",
      call_back: true,
      promised: "",
    };
    if (searching || isShared(found)) this.#finding = this.#receiver();
  }

  /** Look for the receiver: whom the search finds, or who reads for a group or unit. */
  async #receiver(): Promise<void> {
    const found = await this.#app.search.settled();
    const about = isShared(found) ? (found?.name ?? "") : "";
    const choice = about === "" ? [] : receivers(await this.#app.cards.settled(), this.#switchboard);
    if (this.draft.value === null || this.draft.value.to !== null) return;
    this.change({ to: isPerson(found) ? found : (choice[0] ?? this.#switchboard), choice, about });
  }

  change(part: Partial<Draft>): void {
    if (this.draft.value !== null) this.draft.value = { ...this.draft.value, ...part };
  }

  close(): void {
    this.draft.value = null;
    this.sending.refusal.value = null;
  }

  async send(): Promise<boolean> {
    // She may have written and sent before the search has answered.
    await this.#finding;
    const draft = this.draft.value;
    const { t, api } = this.#app;
    if (draft === null || this.sending.busy.value) return false;
    const { to } = draft;
    if (to === null) return false;
    if (draft.matter.trim() === "") {
      this.sending.refusal.value = { detail: "", fields: { matter: t.write_matter } };
      return false;
    }
    const sent = await this.sending.try(() =>
      api.message(draft.call, {
        to: to.id,
        caller_name: draft.caller_name,
        caller_number: draft.caller_number,
        // The switchboard's own list doesn't say otherwise who was meant.
        matter: to.id === "" && draft.about !== "" ? `${draft.about}: ${draft.matter}` : draft.matter,
        call_back: draft.call_back,
        promised_at: draft.promised === "" ? null : new Date(draft.promised).toISOString(),
      }),
    );
    if (!sent) return false;
    this.close();
    this.#app.tell(`${t.message_sent}: ${to.name}`, false);
    return true;
  }

  beginNote(): void {
    const call = this.call.value;
    if (call !== null && this.note.value === null) this.note.value = { call: call.id, text: "" };
  }

  async saveNote(): Promise<boolean> {
    const { t, api } = this.#app;
    const note = this.note.value;
    if (note === null || note.text.trim() === "" || this.sending.busy.value) return false;
    if (!(await this.sending.try(() => api.note(note.call, note.text.trim())))) return false;
    this.note.value = null;
    this.#app.tell(t.note_saved, false);
    return true;
  }
}
