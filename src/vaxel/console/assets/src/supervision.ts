// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What a supervisor does: takes calls over, listens in where that is allowed, moves operators, calls in reinforcements, announces. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";

import type { App } from "./app.ts";
import { focusChooser, focusSearch, offerSearch } from "./focus.ts";
import type { Call } from "./protocol.ts";
import { byPressure, listenedByMe, loads, served, supervised } from "./steering.ts";

/** A municipality, and whether reinforcements were called in there when she was asked. */
export interface Reinforcement {
  readonly id: string;
  readonly on: boolean;
}

export class Supervision {
  /** Whether the page shows what a supervisor sees. */
  readonly open = signal(false);
  /** The organisation for which an announcement is being written, "" for none. */
  readonly announcing = signal("");
  /** What is being written to the operators; kept while the dialog is closed, and there whomever it is then opened for. */
  readonly announcement = signal<string | null>(null);
  /** The municipalities of which she is asked for which reinforcements are called in, in the order shown; empty while she isn't. */
  readonly reinforcing = signal<readonly Reinforcement[]>([]);
  /** Asks whether she comes as reinforcement. */
  readonly answering = signal(false);
  readonly mine: ReadonlySignal<readonly string[]>;
  readonly listening: ReadonlySignal<Call | null>;
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    this.mine = computed(() => supervised(app.state.value));
    this.listening = computed(() => listenedByMe(app.state.value));
  }

  /** To the calls that are steered, or back to the search. */
  turn(): void {
    const { t } = this.#app;
    if (this.mine.value.length === 0) return this.#app.tell(t.error_forbidden, true);
    this.open.value = !this.open.value;
    setTimeout(this.open.value ? focusChooser : focusSearch);
  }

  /** Back to the search; false when that is there already. */
  leave(): boolean {
    const was = this.open.value;
    this.open.value = false;
    return was;
  }

  /** From then on the call is hers, and what she types a search: the button that she pressed is gone. */
  async takeOver(call: string): Promise<void> {
    if ((await this.#app.command("take_over", { call })) && this.leave()) setTimeout(offerSearch);
  }

  async listen(call: string): Promise<void> {
    await this.#app.command("listen", { call });
  }

  async stopListening(call: string): Promise<void> {
    await this.#app.command("stop_listening", { call });
  }

  /** Have `operator` serve `organisations` from now until she logs off. */
  async assign(operator: string, organisations: readonly string[]): Promise<boolean> {
    const { t, state } = this.#app;
    if (organisations.length === 0) {
      this.#app.tell(t.assign_none, true);
      return false;
    }
    const done = await this.#app.command("assign", { operator, organisations });
    if (done) this.#app.tell(t.assigned(state.value.operators[operator]?.name ?? operator), false);
    return done;
  }

  /** Call in reinforcements, or end it (FAL-18): at once where there is one municipality, else she is asked for which. */
  async reinforce(): Promise<void> {
    const { now, state } = this.#app;
    const choices = byPressure(loads(state.value, now.value)).map(({ organisation: { id } }) => ({
      id,
      on: this.#surges(id),
    }));
    if (choices.length > 1) this.reinforcing.value = choices;
    else if (choices[0] !== undefined) await this.turnSurge(choices[0]);
  }

  async reinforceOne(one: Reinforcement): Promise<void> {
    this.reinforcing.value = [];
    await this.turnSurge(one);
  }

  /** The other way round than `one` says. What a colleague has done meanwhile isn't undone: it is what she wanted. */
  async turnSurge({ id, on }: Reinforcement): Promise<void> {
    const { state, t } = this.#app;
    const done = this.#surges(id) !== on || (await this.#app.command(on ? "end_surge" : "surge", { organisation: id }));
    const name = state.value.organisations[id]?.name ?? id;
    if (done) this.#app.tell(on ? t.surge_ended(name) : t.surge_done(name), false);
  }

  #surges(organisation: string): boolean {
    return (this.#app.state.value.organisations[organisation]?.surge ?? null) !== null;
  }

  /** She is asked to come to the help of `organisation`. */
  async answerSurge(organisation: string, comes: boolean): Promise<void> {
    const done = await this.#app.command(comes ? "join_surge" : "decline_surge", { organisation });
    const { t } = this.#app;
    if (done) this.#app.tell(comes ? t.surge_joined : t.surge_declined, false);
  }

  /** What callers who wait hear from now on, "" for nothing. */
  async tellCallers(organisation: string, prompt: string): Promise<void> {
    if (prompt === "") await this.#app.command("end_announcement", { organisation, callers: true });
    else await this.#app.command("announce", { organisation, prompt });
  }

  async announce(organisation: string, text: string): Promise<boolean> {
    const done = await this.#app.command("announce", { organisation, text });
    if (!done) return false;
    this.announcing.value = "";
    this.announcement.value = null;
    const { state, t } = this.#app;
    this.#app.tell(t.announced(state.value.organisations[organisation]?.name ?? organisation), false);
    return true;
  }

  /** What `operator` serves, as far as I may change it. */
  served(operator: string): readonly string[] {
    const one = this.#app.state.value.operators[operator];
    return one === undefined ? [] : served(one).filter((id) => this.mine.value.includes(id));
  }
}
