// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The console's state and what the operator can do: everything that is not looks. */

import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

import { Absences } from "./absences.ts";
import { Alone } from "./alone.ts";
import { announcements, type Quote } from "./announce.ts";
import { Beside } from "./beside.ts";
import type { ConsoleBoot } from "./boot.ts";
import { board, type Board } from "./calls.ts";
import { Callers } from "./callers.ts";
import { Cards } from "./card.ts";
import { Drafts } from "./drafts.ts";
import { Duty } from "./duty.ts";
import { focusLogIn, focusSearch, LOG_IN_ID } from "./focus.ts";
import { CommandError, type Connection, Hub, NoToken } from "./hub.ts";
import { type Catalogue, catalogue, samiCatalogue } from "./i18n/catalogue.ts";
import { markSami } from "./i18n/sami.ts";
import { Keymap } from "./keymap.ts";
import { Messages } from "./messages.ts";
import { Notices } from "./notices.ts";
import { Promises } from "./promises.ts";
import { sami, speech } from "./preferences.ts";
import type { CommandName, Commands, Operator, StateFrame } from "./protocol.ts";
import { Api, type Proof } from "./rest.ts";
import { Refusals } from "./refusals.ts";
import { Rejoin } from "./rejoin.ts";
import { Search } from "./search.ts";
import { apply, empty, type State } from "./state.ts";
import { Supervision } from "./supervision.ts";
import { Telephone } from "./telephone.ts";
import { Telling } from "./telling.ts";
import { connectionWords, speakWarnings } from "./warnings.ts";
import { errorWords } from "./words.ts";
import { Work } from "./work.ts";

const PROOF_SECONDS = 300;

export class App {
  readonly t: Catalogue;
  readonly boot: ConsoleBoot;
  readonly state = signal<State>(empty);
  readonly connection = signal<Connection>("connecting");
  /** Seconds since the epoch by the hub's clock, once a second. */
  readonly now = signal(Date.now() / 1000);
  /** For which organisation a typed number is rung when there is no call: its number is shown to the called. */
  readonly dialChoice = signal(localStorage.getItem("vaxel.dial") ?? "");
  readonly helpOpen = signal(false);
  readonly settings = signal(false);
  /** Of the organisations that I serve; empty while nothing is known. */
  readonly proofs = signal<readonly Proof[]>([]);

  readonly board: ReadonlySignal<Board> = computed(() => board(this.state.value));
  readonly me: ReadonlySignal<Operator | null> = computed(
    () => this.state.value.operators[this.state.value.me] ?? null,
  );

  readonly dialFor: ReadonlySignal<string> = computed(() => {
    const served = this.me.value?.organisations ?? [];
    return served.includes(this.dialChoice.value) ? this.dialChoice.value : (served[0] ?? "");
  });

  readonly telling = new Telling();
  readonly work = new Work(this);
  readonly alone = new Alone(this);
  readonly duty = new Duty(this);
  readonly supervision = new Supervision(this);
  readonly api: Api;
  readonly search: Search;
  readonly keys: Keymap;
  readonly messages: Messages;
  readonly promises = new Promises(this);
  readonly absences = new Absences(this);
  readonly cards = new Cards(this);
  readonly beside: Beside;
  readonly callers: Callers;
  readonly notices = new Notices(this);
  readonly drafts: Drafts;
  readonly #hub: Hub;
  readonly #refusals: Refusals;
  readonly telephone: Telephone;
  /** The call for which I have lifted my ringing telephone: a command would be refused in words, a telephone just ends. */
  #answering = "";
  #clockAhead = 0;
  /** On which the page to log in says that whoever was logged in, in any tab, has logged out (`portal/logged_out.js`). */
  readonly #session = new BroadcastChannel("vaxel.session");

  constructor(boot: ConsoleBoot) {
    this.boot = boot;
    const inSami = boot.language === "nb" && sami.value === "on";
    this.t = inSami ? samiCatalogue() : catalogue(boot.language);
    if (inSami) markSami();
    this.api = new Api(boot.api_url, boot.csrf);
    this.search = new Search(
      this.api,
      () => ({ organisation: this.board.value.mine?.organisation ?? "", call: this.board.value.mine?.id ?? "" }),
      () => this.dialFor.value,
      boot.emergency,
    );
    this.keys = new Keymap(boot.keys ?? {}, (own) => this.api.keepKeys(own));
    this.messages = new Messages(this);
    this.beside = new Beside(this);
    this.callers = new Callers(this);
    this.drafts = new Drafts(this);
    this.#hub = new Hub({
      url: boot.live_url,
      token: (renew) => (renew ? this.#newToken() : Promise.resolve(boot.token)),
      position: () => ({ epoch: this.state.value.epoch, n: this.state.value.n }),
      onFrame: (frame) => this.#receive(frame),
      onConnection: (connection) => this.#connectionIs(connection),
    });
    this.#refusals = new Refusals(boot.refusal_url ?? "");
    this.telephone = new Telephone(
      boot.sip,
      () => this.#accepted(),
      () => this.alone.lineIdle,
    );
  }

  start(): void {
    this.#hub.start();
    this.cards.start();
    this.beside.start();
    this.callers.start();
    this.promises.start();
    this.notices.start();
    new Rejoin(this).start();
    this.telephone.start();
    this.alone.start();
    this.drafts.start();
    speakWarnings(this);
    setInterval(() => {
      this.now.value = Date.now() / 1000 + this.#clockAhead;
    }, 1000);
    void this.#lookAtProofs();
    setInterval(() => void this.#lookAtProofs(), PROOF_SECONDS * 1000);
    window.addEventListener("online", () => this.#hub.hurry());
    window.addEventListener("focus", () => this.#hub.hurry());
    this.#session.addEventListener("message", () => this.#loggedOut());
    effect(() => this.#sound());
    effect(() => {
      const { phone } = this.telephone;
      if (this.#accepted() && phone?.ringing) void phone.answer();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.board.value.mine !== null || this.alone.call.value !== null) event.preventDefault();
    });
  }

  async #lookAtProofs(): Promise<void> {
    try {
      this.proofs.value = await this.api.proofs();
    } catch {
      // It is shown only for calm: what was known stays, and no call waits for it.
    }
  }

  // ── settings ──────────────────────────────────────────────────────────────────────────────────────

  setDialFor(organisation: string): void {
    this.dialChoice.value = organisation;
    localStorage.setItem("vaxel.dial", organisation);
  }

  // ── telling ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Show a sentence and have it spoken. */
  tell(text: string, error: boolean): void {
    this.telling.tell(text, error);
  }

  /** Say what nobody has asked for, unless she wants to hear only answers. */
  mention(text: string, urgent = false): void {
    if (speech.value !== "none") this.say(text, urgent);
  }

  say(text: string, urgent: boolean, quote?: Quote): void {
    this.telling.say(text, urgent, quote);
  }

  /** Carry out a command; true when it was. An error has been told. */
  async command<K extends CommandName>(name: K, fields: Commands[K]): Promise<boolean> {
    const refused = await this.ask(name, fields);
    if (refused !== null) await this.refused(refused);
    return refused === null;
  }

  /** Carry out a command; null when it was, else why it wasn't, which has not been told yet. */
  async ask<K extends CommandName>(name: K, fields: Commands[K]): Promise<CommandError | null> {
    try {
      await this.#hub.command(name, fields);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return error;
    }
    if (this.telling.shown.value?.error) this.telling.dismiss();
    return null;
  }

  async refused(error: CommandError): Promise<void> {
    if (error.code === "offline") this.toLogIn();
    const otherwise = errorWords(error, this.state.value, this.t);
    this.tell(await this.#refusals.words(error, otherwise), true);
  }

  /** To where she logs in again, when she must: what she has asked for can't be done before. */
  toLogIn(): boolean {
    if (this.connection.value !== "logged_out") return false;
    if (!focusLogIn()) this.say(this.t.logged_out, true);
    return true;
  }

  turnMute(): void {
    const muted = this.telephone.turnMute();
    this.say(muted === null ? this.t.no_call : muted ? this.t.say_muted : this.t.say_unmuted, false);
  }

  /** My telephone answers `call` by itself: whether I got it shows in the state. */
  lifting(call: string): void {
    this.#answering = call;
  }

  // ── within ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #receive(frame: StateFrame): void {
    if ("at" in frame) this.#clockAhead = frame.at - Date.now() / 1000;
    const before = this.state.value;
    const after = apply(before, frame);
    batch(() => {
      this.state.value = after;
      this.now.value = Date.now() / 1000 + this.#clockAhead;
      this.#lifted(after);
      const news = announcements(before, after, this.t, speech.value, this.work.meant);
      for (const { text, urgent, quote } of news) this.say(text, urgent, quote);
    });
  }

  #loggedOut(): void {
    this.drafts.clear();
    this.#hub.renew();
  }

  #lifted(state: State): void {
    if (this.#answering === "") return;
    const call = state.calls[this.#answering];
    if (call?.state === "waiting") return;
    this.#answering = "";
    if (call === undefined) this.tell(this.t.error_not_found, true);
    else if (call.operator !== state.me && call.operator !== "") {
      this.tell(this.t.taken_by(state.operators[call.operator]?.name ?? call.operator), true);
    }
  }

  #connectionIs(connection: Connection): void {
    const before = this.connection.peek();
    // The link that she has just used goes.
    if (connection === "live" && document.activeElement?.id === LOG_IN_ID) focusSearch();
    this.connection.value = connection;
    if (connection === before || connection === "connecting") return;
    if (connection === "live") {
      if (before !== "connecting") this.say(this.t.connection_back, false);
    } else this.say(connectionWords(connection, this.t), true);
  }

  async #newToken(): Promise<string> {
    const response = await fetch(this.boot.token_url, { credentials: "same-origin" });
    if (response.status === 401) throw new NoToken("logged_out");
    if (response.status === 403) throw new NoToken("forbidden");
    if (!response.ok) throw new Error(`no token: ${response.status}`);
    return ((await response.json()) as { token: string }).token;
  }

  /** Whether the controller says that I have accepted a call, which my telephone must then answer. */
  #accepted(): boolean {
    const { calls, me } = this.state.value;
    return me !== "" && Object.values(calls).some((call) => call.accepted_by === me);
  }

  #sound(): void {
    const { state, ringSound, ring } = this.telephone;
    const rings = state.value.session === "ringing" || this.board.value.offered.length > 0;
    const heard = this.board.value.mine === null || this.alone.call.value?.session === "ringing";
    if (rings && ringSound.value && heard) ring.start();
    else ring.stop();
  }
}

const Context = createContext<App | null>(null);

export const AppProvider = Context.Provider;

export function useApp(): App {
  const app = useContext(Context);
  if (app === null) throw new Error("a part of the console stands outside the console");
  return app;
}
