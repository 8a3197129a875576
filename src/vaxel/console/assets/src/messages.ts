// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Notes and messages being written. They outlive the call, a lost connection and a refusal; only the operator drops them. */

import { effect, signal } from "@preact/signals";

import type { App } from "./app.ts";
import { type Found, isPerson } from "./people.ts";
import type { Call } from "./protocol.ts";
import { Sending } from "./sending.ts";
import { numberOf } from "./words.ts";

export interface Draft {
  readonly call: string;
  /** null while the search for the receiver is still under way. */
  readonly to: Found | null;
  readonly caller_name: string;
  readonly caller_number: string;
  readonly matter: string;
  readonly call_back: boolean;
  /** As a `datetime-local` field has it, "" for none. */
  readonly promised: string;
}

function asPerson(found: Found | null): Found | null {
  return isPerson(found) ? found : null;
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

  /**
   * Begin a message to the chosen person, or give the one being written another receiver. The form opens at once, even
   * while the search is under way, so that nothing that is typed next goes astray.
   */
  begin(): void {
    const { t, state, search } = this.#app;
    const call = this.call.value;
    if (call === null) return this.#app.tell(t.message_no_call, true);
    const searching = search.status.value === "searching";
    const found = searching ? null : asPerson(search.chosen.value);
    const draft = this.draft.value;
    if (draft !== null && draft.matter !== "") {
      if (found !== null) this.change({ to: found });
      return;
    }
    if (found === null && !searching) return this.#app.tell(t.message_no_person, true);
    this.sending.refusal.value = null;
    this.draft.value = {
      call: call.id,
      to: found,
      caller_name: call.caller.name,
      caller_number: numberOf(call, state.value),
      matter: "",
      call_back: true,
      promised: "",
    };
    if (searching) this.#finding = this.#receiver();
  }

  async #receiver(): Promise<void> {
    const found = asPerson(await this.#app.search.settled());
    const draft = this.draft.value;
    if (draft === null || draft.to !== null) return;
    if (found !== null) return this.change({ to: found });
    if (draft.matter === "") this.close();
    this.#app.tell(this.#app.t.message_no_person, true);
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
    if (to === null) {
      this.#app.tell(t.message_no_person, true);
      return false;
    }
    if (draft.matter.trim() === "") {
      this.sending.refusal.value = { detail: "", fields: { matter: t.write_matter } };
      return false;
    }
    const sent = await this.sending.try(() =>
      api.message(draft.call, {
        to: to.id,
        caller_name: draft.caller_name,
        caller_number: draft.caller_number,
        matter: draft.matter,
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
