// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/**
 * A call at the telephone in the page of which the hub knows nothing: while the controller is away the engine rings the operators by
 * itself, and they dial by their telephones.
 */

import { effect, signal, untracked } from "@preact/signals";

import type { App } from "./app.ts";
import { board } from "./calls.ts";
import type { Catalogue } from "./i18n/catalogue.ts";
import type { PhoneState } from "./phone.ts";
import type { State } from "./state.ts";
import { listenedByMe } from "./steering.ts";
import { numberIn } from "./words.ts";

/** Milliseconds by which the hub's word may come later than the telephone's, and the other way round. */
const PATIENCE = 1000;

/** Whether `state` has a call for which my telephone rings or is connected. */
export function known(phone: PhoneState, state: State): boolean {
  const { mine, offered } = board(state);
  if (mine !== null || listenedByMe(state) !== null) return true;
  if (phone.session === "ringing" && offered.length > 0) return true;
  return Object.values(state.calls).some(
    (call) =>
      call.accepted_by === state.me ||
      // A telephone stays connected to a call that is held.
      call.legs.some((leg) => leg.party === state.me && leg.state !== "gone" && !leg.released),
  );
}

/** What is said when the call is `after` and was `before`, null for neither; `who` is at its other end, `cause` JsSIP's of its end. */
export function news(
  before: PhoneState | null,
  after: PhoneState | null,
  who: string,
  cause: string,
  t: Catalogue,
): { readonly text: string; readonly urgent?: true; readonly failed?: true } | null {
  if (after === null) {
    if (before?.session !== "calling" || cause === "") return { text: t.say_ended };
    const why = cause === "Busy" ? t.cause_busy : cause === "Rejected" ? t.cause_rejected : t.cause_failed;
    return { text: `${who}: ${why}`, failed: true };
  }
  if (after.session === before?.session) return null;
  if (after.session === "ringing") return { text: t.say_offered(t.alone, who), urgent: true };
  if (after.session === "calling") return { text: t.say_ringing(who) };
  return after.begun === "dialled" ? { text: t.say_answers(who) } : null;
}

export class Alone {
  /** The call, as the telephone has it. */
  readonly call = signal<PhoneState | null>(null);
  readonly #app: App;
  /** Whether the hub was there when the call began. */
  #sinceHub: boolean | null = null;
  #latest: PhoneState | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  start(): void {
    effect(() => this.#look());
  }

  /** Whether nobody is at the other end of my open line, and without the hub nobody will be. */
  get lineIdle(): boolean {
    const { connection, state, telephone } = this.#app;
    const phone = telephone.state.value;
    if (connection.value === "live" || phone.session !== "talking") return false;
    return phone.begun === "ordered" && !known(phone, state.value);
  }

  #look(): void {
    const { connection, state, telephone } = this.#app;
    const phone = telephone.state.value;
    const live = connection.value === "live";
    this.#sinceHub = phone.session === "none" ? null : (this.#sinceHub ?? live);
    const isCall = phone.session !== "none" && phone.begun !== "ordered" && !telephone.testsWholeWay;
    // What the page knew before the call began, and nobody has told it since, says nothing of this call.
    const alone = isCall && ((!live && this.#sinceHub === false) || !known(phone, state.value));
    this.#latest = alone ? phone : null;
    const unsure = (live || connection.value === "connecting") && phone.begun === "rung";
    const wait = unsure && this.call.peek() === null;
    if (alone && wait) this.#timer ??= setTimeout(() => this.#show(), PATIENCE);
    else untracked(() => this.#show());
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const before = this.call.value;
    const after = this.#latest;
    this.call.value = after;
    const { telephone } = this.#app;
    // The hub knows it by now, and says the rest.
    if (after === null && (before === null || telephone.state.value.session !== "none")) return;
    this.#tell(before, after);
  }

  #tell(before: PhoneState | null, after: PhoneState | null): void {
    const { t, telephone } = this.#app;
    const said = news(before, after, this.who(after ?? before), telephone.state.value.ended, t);
    if (said === null) return;
    if (said.failed) this.#app.tell(said.text, true);
    else this.#app.mention(said.text, said.urgent);
  }

  /** Who is at the other end. */
  who(call: PhoneState | null): string {
    const { dialFor, state, t } = this.#app;
    return numberIn(call?.with ?? "", dialFor.value, state.value) || t.unknown_caller;
  }
}
