// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The console's state and what the operator can do: everything that is not looks. */

import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

import { announcements } from "./announce.ts";
import type { ConsoleBoot } from "./boot.ts";
import { allowed, board, type Board, main, myHeld, nextParked } from "./calls.ts";
import { CommandError, type Connection, Hub } from "./hub.ts";
import { type Catalogue, catalogue } from "./i18n/catalogue.ts";
import { offerSearch } from "./focus.ts";
import { Messages } from "./messages.ts";
import { idle, Phone, type PhoneState } from "./phone.ts";
import type { CommandName, Commands, Operator, StateFrame } from "./protocol.ts";
import { Api, type Found, type Proof } from "./rest.ts";
import { Ring } from "./ring.ts";
import { Search } from "./search.ts";
import { apply, empty, type State } from "./state.ts";
import { errorWords } from "./words.ts";

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly error: boolean;
}

/** Text for the two live regions. `id` rises, so that the same words twice are spoken twice. */
export interface Spoken {
  readonly id: number;
  readonly text: string;
}

const NOTICE_SECONDS = 6;
const PROOF_SECONDS = 300;

export class App {
  readonly t: Catalogue;
  readonly boot: ConsoleBoot;
  readonly state = signal<State>(empty);
  readonly connection = signal<Connection>("connecting");
  readonly phoneState = signal<PhoneState>(idle);
  /** Seconds since the epoch by the hub's clock, once a second. */
  readonly now = signal(Date.now() / 1000);
  readonly notice = signal<Notice | null>(null);
  readonly polite = signal<Spoken>({ id: 0, text: "" });
  readonly urgent = signal<Spoken>({ id: 0, text: "" });
  /** For which organisation a typed number is rung when there is no call: its number is shown to the called. */
  readonly dialChoice = signal(localStorage.getItem("vaxel.dial") ?? "");
  readonly helpOpen = signal(false);
  readonly pauseOpen = signal(false);
  readonly ringSound = signal(localStorage.getItem("vaxel.ring") !== "off");
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

  readonly api: Api;
  readonly search: Search;
  readonly messages: Messages;
  readonly #hub: Hub;
  readonly #phone: Phone | null;
  readonly #ring = new Ring();
  /** The call for which I have lifted my ringing telephone: a command would be refused in words, a telephone just ends. */
  #answering = "";
  #clockAhead = 0;
  #lastId = 0;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;
  #wasLost = false;

  constructor(boot: ConsoleBoot) {
    this.boot = boot;
    this.t = catalogue(boot.language);
    this.api = new Api(boot.api_url, boot.csrf);
    this.search = new Search(
      this.api,
      () => this.board.value.mine?.organisation ?? "",
      () => this.dialFor.value,
    );
    this.messages = new Messages(this);
    this.#hub = new Hub({
      url: boot.live_url,
      token: (renew) => (renew ? this.#newToken() : Promise.resolve(boot.token)),
      position: () => ({ epoch: this.state.value.epoch, n: this.state.value.n }),
      onFrame: (frame) => this.#receive(frame),
      onConnection: (connection) => this.#connectionIs(connection),
    });
    const { sip } = boot;
    this.#phone =
      sip === null
        ? null
        : new Phone({
            sip,
            onState: (state) => {
              this.phoneState.value = state;
            },
            expected: () => this.#accepted(),
          });
  }

  start(): void {
    this.#hub.start();
    void this.#phone?.start();
    setInterval(() => {
      this.now.value = Date.now() / 1000 + this.#clockAhead;
    }, 1000);
    void this.#lookAtProofs();
    setInterval(() => void this.#lookAtProofs(), PROOF_SECONDS * 1000);
    window.addEventListener("online", () => this.#hub.hurry());
    window.addEventListener("focus", () => this.#hub.hurry());
    effect(() => this.#sound());
    effect(() => {
      if (this.#accepted() && this.#phone?.ringing) void this.#phone.answer();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.board.value.mine !== null) event.preventDefault();
    });
  }

  async #lookAtProofs(): Promise<void> {
    try {
      this.proofs.value = await this.api.proofs();
    } catch {
      // It is shown only for calm: what was known stays, and no call waits for it.
    }
  }

  // ── what keys and buttons do ────────────────────────────────────────────────────────────────────────────────────

  /** The main key: answer what rings or waits, or join caller and consulted. */
  async main(): Promise<void> {
    const what = main(this.board.value);
    if (what.do === "complete") return void (await this.command("complete", { call: what.call.id }));
    if (what.do === "answer") return this.answer(what.call.id);
    if (this.#phone?.ringing) return this.#phone.answer();
    this.tell(what.do === "busy" ? this.t.busy_now : this.t.nothing_to_answer, what.do === "busy");
  }

  /** Take `call`: at the telephone if it rings there already, else by asking the controller. */
  async answer(call: string): Promise<void> {
    // What she types next is a search, and the controller's answer must not be waited for.
    offerSearch();
    const offered = this.state.value.calls[call]?.offered_to.includes(this.state.value.me) ?? false;
    if (offered && this.#phone?.ringing) {
      this.#answering = call;
      await this.#phone.answer();
    } else await this.command("answer", { call });
  }

  async end(): Promise<void> {
    const { mine } = this.board.value;
    const can = allowed(mine);
    if (mine !== null && can.includes("return")) await this.command("return", { call: mine.id });
    else if (mine !== null && can.includes("hangup")) await this.command("hangup", { call: mine.id });
  }

  async hold(): Promise<void> {
    const view = this.board.value;
    if (allowed(view.mine).includes("hold") && view.mine !== null) {
      await this.command("hold", { call: view.mine.id });
      return;
    }
    const held = myHeld(view, this.state.value.me);
    if (view.mine === null && held !== null) await this.resume(held.id);
    else if (view.mine === null) this.tell(this.t.none_held, false);
  }

  async resume(call: string): Promise<void> {
    await this.command("resume", { call });
  }

  async park(): Promise<void> {
    const view = this.board.value;
    if (allowed(view.mine).includes("park") && view.mine !== null) {
      await this.command("park", { call: view.mine.id });
      return;
    }
    const parked = nextParked(view);
    if (view.mine === null && parked !== null) await this.fetch(parked.id);
    else if (view.mine === null) this.tell(this.t.none_parked, false);
  }

  async fetch(call: string): Promise<void> {
    await this.command("fetch", { call });
  }

  /**
   * Connect the caller of `call` with `found`; with null, ring `found` myself. `call` is what it was when the key was
   * pressed: if the caller has gone meanwhile, nobody shall be rung instead.
   */
  async connect(found: Found, call: string | null): Promise<void> {
    const to = found.id || found.number;
    const done =
      call === null
        ? await this.command("dial", { to, organisation: found.id === "" ? this.dialFor.value : found.organisation })
        : await this.command("transfer", { call, to });
    if (done) this.search.clear();
  }

  async consult(found: Found, call: string | null): Promise<void> {
    if (call === null) return;
    if (await this.command("consult", { call, to: found.id || found.number })) this.search.clear();
  }

  /** Pause and ready in turn; from logged off, log on. */
  async turnPause(): Promise<void> {
    const state = this.me.value?.state;
    if (state === "off" || state === "paused") await this.ready();
    else this.pauseOpen.value = true;
  }

  async ready(): Promise<void> {
    const { sip } = this.boot;
    await this.command("ready", sip === null ? {} : { phone: sip.user });
  }

  async pause(reason: string): Promise<void> {
    this.pauseOpen.value = false;
    await this.command("pause", { reason });
  }

  async logOff(): Promise<void> {
    await this.command("log_off", {});
  }

  async lineOpen(open: boolean): Promise<void> {
    await this.command(open ? "open_line" : "close_line", {});
  }

  turnMute(): void {
    if (this.phoneState.value.session === "talking") this.#phone?.mute(!this.phoneState.value.muted);
  }

  async openMicrophone(): Promise<void> {
    await this.#phone?.openMicrophone();
  }

  setDialFor(organisation: string): void {
    this.dialChoice.value = organisation;
    localStorage.setItem("vaxel.dial", organisation);
  }

  setRingSound(on: boolean): void {
    this.ringSound.value = on;
    localStorage.setItem("vaxel.ring", on ? "on" : "off");
  }

  // ── telling ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Show a sentence and have it spoken. Errors stay until they are dismissed or something else is done. */
  tell(text: string, error: boolean): void {
    clearTimeout(this.#noticeTimer);
    const id = ++this.#lastId;
    this.notice.value = { id, text, error };
    this.say(text, error);
    if (!error) this.#noticeTimer = setTimeout(() => this.dismiss(), NOTICE_SECONDS * 1000);
  }

  dismiss(): void {
    this.notice.value = null;
  }

  say(text: string, urgent: boolean): void {
    (urgent ? this.urgent : this.polite).value = { id: ++this.#lastId, text };
  }

  /** Carry out a command; true when it was. An error has been told. */
  async command<K extends CommandName>(name: K, fields: Commands[K]): Promise<boolean> {
    try {
      await this.#hub.command(name, fields);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.tell(errorWords(error, this.state.value, this.t), true);
      return false;
    }
    if (this.notice.value?.error) this.dismiss();
    return true;
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
      for (const { text, urgent } of announcements(before, after, this.t)) this.say(text, urgent);
    });
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
    this.connection.value = connection;
    if (connection === "live" && this.#wasLost) this.say(this.t.connection_back, false);
    if (connection === "lost" && !this.#wasLost) this.say(this.t.connection_lost, true);
    this.#wasLost = connection !== "live" && connection !== "connecting";
  }

  async #newToken(): Promise<string> {
    const response = await fetch(this.boot.token_url, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`no token: ${response.status}`);
    return ((await response.json()) as { token: string }).token;
  }

  /** Whether the controller says that I have accepted a call, which my telephone must then answer. */
  #accepted(): boolean {
    const { calls, me } = this.state.value;
    return me !== "" && Object.values(calls).some((call) => call.accepted_by === me);
  }

  #sound(): void {
    const rings = this.phoneState.value.session === "ringing" || this.board.value.offered.length > 0;
    if (rings && this.ringSound.value && this.board.value.mine === null) this.#ring.start();
    else this.#ring.stop();
  }
}

const Context = createContext<App | null>(null);

export const AppProvider = Context.Provider;

export function useApp(): App {
  const app = useContext(Context);
  if (app === null) throw new Error("a part of the console stands outside the console");
  return app;
}
