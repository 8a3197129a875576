// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What keys and buttons do with calls. */

import type { App } from "./app.ts";
import { type Meant, repeated } from "./announce.ts";
import { allowed, main, myHeld, nextParked, waitedFrom } from "./calls.ts";
import { spokenDuration } from "./format.ts";
import { closeDialogs, offerSearch } from "./focus.ts";
import { microphoneWords } from "./microphone-words.ts";
import type { Call } from "./protocol.ts";
import { dialled, type Found, isPerson } from "./people.ts";
import { phoneTrouble } from "./warnings.ts";

export class Work {
  /** Whom the last transfer is to reach. */
  meant: Meant | null = null;
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** The main key: answer what rings or waits, or join caller and consulted. */
  async main(): Promise<void> {
    const { alone, board, connection, t } = this.#app;
    const { phone } = this.#app.telephone;
    // Without the hub the calls on the screen may be over: what rings is there.
    if (phone?.ringing && (connection.value !== "live" || alone.call.value !== null)) return this.lift();
    if (alone.call.value !== null) return this.#app.tell(t.busy_now, true);
    const what = main(board.value);
    if (what.do === "complete") return void (await this.#app.command("complete", { call: what.call.id }));
    if (what.do === "answer") return this.answer(what.call.id);
    if (phone?.ringing) return this.lift();
    if (this.#app.toLogIn()) return;
    this.#app.tell(what.do === "busy" ? t.busy_now : t.nothing_to_answer, what.do === "busy");
  }

  /** Answer whatever rings at the telephone. */
  async lift(): Promise<void> {
    this.#makeRoom();
    await this.#app.telephone.phone?.answer();
  }

  /** Take `call`: at the telephone if it rings there already, else by asking the controller. */
  async answer(call: string): Promise<void> {
    this.#makeRoom();
    const { alone, state } = this.#app;
    const { phone } = this.#app.telephone;
    const offered = state.value.calls[call]?.offered_to.includes(state.value.me) ?? false;
    if (offered && phone?.ringing && alone.call.value === null) {
      this.#app.lifting(call);
      await phone.answer();
    } else await this.#app.command("answer", phone?.lostRing ? { call, anew: true } : { call });
  }

  /** She answers: what she types next is a search, and nothing must be waited for. */
  #makeRoom(): void {
    closeDialogs();
    if (this.#app.supervision.leave()) setTimeout(offerSearch);
    else offerSearch();
  }

  async end(): Promise<void> {
    const { mine } = this.#app.board.value;
    const can = allowed(mine);
    if (this.#app.alone.call.value !== null || this.#cutOff(mine)) return this.#app.telephone.phone?.hangUp();
    const heard = this.#app.supervision.listening.value;
    if (mine === null && heard !== null) return this.#app.supervision.stopListening(heard.id);
    if (mine !== null && can.includes("return")) await this.#app.command("return", { call: mine.id });
    else if (mine !== null && can.includes("hangup")) await this.#app.command("hangup", { call: mine.id });
  }

  /** Without the hub no command arrives, but the telephone is connected by another way: what it can do alone, it does. */
  #cutOff(mine: Call | null): boolean {
    const { connection, telephone } = this.#app;
    const talks = telephone.state.value.session === "talking";
    return connection.value !== "live" && talks && allowed(mine).includes("hangup");
  }

  /** Without the hub the telephone in the page dials by itself, and the engine sees to the rest: 112, whatever else has stopped. */
  async #dial(number: string): Promise<void> {
    const { alone, board, duty, search, t, telephone } = this.#app;
    const { phone } = telephone;
    if (phone === null || !duty.atThisPage) return this.#app.tell(t.dial_at_desk(number), true);
    const trouble = telephone.tab.value === "elsewhere" ? t.tab_elsewhere : phoneTrouble(this.#app);
    if (trouble !== "") return this.#app.tell(trouble, true);
    const { session } = telephone.state.value;
    const idle = session === "talking" && board.value.mine === null && alone.call.value === null;
    if (session !== "none" && !idle) return this.#app.tell(t.busy_now, true);
    // An open line, or that to a call which is held.
    if (idle) phone.hangUp();
    if (await phone.call(number)) return search.clear();
    const unheard = microphoneWords(telephone.trouble.value, t);
    if (unheard !== "") this.#app.tell(unheard, true);
  }

  async hold(): Promise<void> {
    const view = this.#app.board.value;
    if (allowed(view.mine).includes("hold") && view.mine !== null) {
      await this.#app.command("hold", { call: view.mine.id });
      return;
    }
    const held = myHeld(view, this.#app.state.value.me);
    if (view.mine === null && held !== null) await this.resume(held.id);
    else if (view.mine === null) this.#app.tell(this.#app.t.none_held, false);
  }

  async resume(call: string): Promise<void> {
    closeDialogs();
    await this.#app.command("resume", { call });
  }

  async park(): Promise<void> {
    const view = this.#app.board.value;
    if (allowed(view.mine).includes("park") && view.mine !== null) {
      await this.#app.command("park", { call: view.mine.id });
      return;
    }
    const parked = nextParked(view);
    if (view.mine === null && parked !== null) await this.fetch(parked.id);
    else if (view.mine === null) this.#app.tell(this.#app.t.none_parked, false);
  }

  async fetch(call: string): Promise<void> {
    closeDialogs();
    await this.#app.command("fetch", { call });
  }

  /**
   * Connect the caller of `call` with `found`; with null, ring `found` myself. `call` is what it was when the key was
   * pressed: if the caller has gone meanwhile, nobody shall be rung instead. `exactly`: not where her unit wants its calls;
   * `mobile`: to her mobile, whose number is shown to nobody.
   */
  async connect(found: Found, call: string | null, how: { exactly?: true; mobile?: true } = {}): Promise<void> {
    const { alone, connection, dialFor } = this.#app;
    // A person has a number of the house, which the engine rings by itself; a mobile's only the controller knows.
    const byNumber = found.id === "" || (call === null && !how.mobile && found.number !== "");
    if (byNumber && connection.value !== "live") return this.#dial(found.number);
    if (call === null && alone.call.value !== null) return this.#app.tell(this.#app.t.busy_now, true);
    const to = dialled(found);
    if (to === "") return this.#app.tell(this.#app.t.no_number_of(found.name), true);
    const mayDivert = call !== null && !how.exactly && !how.mobile && isPerson(found);
    this.meant = mayDivert ? { call, person: found.id, name: found.name } : null;
    const organisation = found.id === "" ? dialFor.value : found.organisation;
    const done =
      call === null
        ? await this.#app.command("dial", { to, organisation, ...(how.mobile && { mobile: true }) })
        : await this.#app.command("transfer", { call, to, ...how });
    if (done) this.#app.search.clear();
  }

  async consult(found: Found, call: string | null): Promise<void> {
    if (call === null) return;
    const to = dialled(found);
    if (to === "") return this.#app.tell(this.#app.t.no_number_of(found.name), true);
    if (await this.#app.command("consult", { call, to })) this.#app.search.clear();
  }

  /** Say the present call again. */
  sayCall(): void {
    const call = repeated(this.#app.state.value, this.#app.t);
    const alone = this.#app.alone.call.value;
    if (alone !== null) this.#app.say(this.#app.t.say_offered(this.#app.t.alone, this.#app.alone.who(alone)), false);
    else if (call === null) this.#app.say(this.#app.t.no_call, false);
    else this.#app.say(call.text, false, call.quote);
  }

  /** Say how many wait, and how long the first of them has. */
  sayQueue(): void {
    const { board, now, t } = this.#app;
    const { waiting } = board.value;
    if (waiting.length === 0) return this.#app.say(t.nobody_waits, false);
    const longest = now.value - Math.min(...waiting.map(waitedFrom));
    this.#app.say(t.say_queue(t.waiting_count(waiting.length), spokenDuration(longest, t)), false);
  }

  /** Who is asked to come answers; who supervises calls reinforcements in. */
  async reinforce(): Promise<void> {
    const { me, supervision, t } = this.#app;
    if ((me.value?.asked ?? []).length > 0) supervision.answering.value = true;
    else if (supervision.mine.value.length > 0) await supervision.reinforce();
    else this.#app.tell(t.surge_none_asked, false);
  }

  /** Connect the caller with the mobile of the one chosen; without a caller, ring it myself (GNO-15). */
  async toMobile(): Promise<void> {
    const { board, cards, t } = this.#app;
    const call = board.value.mine?.id ?? null;
    const card = await cards.settled();
    if (card === null) return this.#app.tell(cards.status.value === "failed" ? t.card_failed : t.choose_first, true);
    if (!card.mobile?.reachable) return this.#app.tell(t.no_mobile_of(card.name), true);
    await this.connect(card, call, { mobile: true });
  }

  /** What Enter and its companions do with what the search has chosen. */
  async chosen(way: "connect" | "exactly" | "consult" | "message"): Promise<void> {
    if (way === "message") return this.#app.messages.begin();
    const call = this.#app.board.value.mine?.id ?? null;
    const found = await this.#app.search.settled();
    if (found === null) return;
    if (way === "consult") await this.consult(found, call);
    else await this.connect(found, call, way === "connect" ? {} : { exactly: true });
  }
}
