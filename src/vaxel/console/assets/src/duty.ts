// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Whether calls come to me: logging on, pausing with somebody who relieves me, keeping the line open, and leaving nobody behind. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";

import type { App } from "./app.ts";
import type { DeskPhone } from "./boot.ts";
import { offerChooser, offerSearch } from "./focus.ts";
import type { Call, Operator } from "./protocol.ts";
import { leftBy, mayTakeFor, RELIEVED } from "./shift.ts";

/** What leaves calls behind: logging off from the queue or the whole page, a pause; or one held call that a colleague shall have. */
export type Leaving =
  | { readonly from: "queue" | "page" }
  | { readonly from: "pause"; readonly reason: string; readonly relief: string }
  | { readonly from: "call"; readonly call: string };

/** To whom calls go that nobody takes over (`docs/live-hub.md`). */
const BACK = "queue";

const DESK_PHONE = "vaxel.desk";

export class Duty {
  readonly pauseOpen = signal(false);
  /** The pause for which it asks who relieves her, "" while it asks for the reason. */
  readonly relieving = signal("");
  /** Asks who takes over the calls that she leaves; null while it doesn't. */
  readonly leaving = signal<Leaving | null>(null);
  readonly left: ReadonlySignal<readonly Call[]>;
  /** Who could relieve me, or take over my calls. */
  readonly takers: ReadonlySignal<readonly Operator[]>;
  /** The desk phone at which she logs on, "" for the telephone in the page. Of this sitting alone: tomorrow somebody else sits here. */
  readonly deskPhone = signal(sessionStorage.getItem(DESK_PHONE) ?? "");
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    this.left = computed(() => {
      const leaving = this.leaving.value;
      const left = leftBy(app.state.value);
      return leaving?.from === "call" ? left.filter((call) => call.id === leaving.call) : left;
    });
    this.takers = computed(() => mayTakeFor(app.state.value));
  }

  /** Pause and ready in turn; from logged off, log on. */
  async turnPause(): Promise<void> {
    const state = this.#app.me.value?.state;
    if (state === "off" || state === "paused") await this.ready();
    else {
      this.relieving.value = "";
      this.pauseOpen.value = true;
    }
  }

  async ready(): Promise<void> {
    const phone = this.deskPhone.value || (this.#app.boot.sip?.user ?? "");
    await this.#app.command("ready", phone === "" ? {} : { phone });
  }

  /** Whether her calls come to the telephone in this page. */
  get atThisPage(): boolean {
    const at = this.#app.me.value?.phone ?? "";
    return this.#app.boot.sip !== null && (at === "" || at === this.#app.boot.sip.user || this.deskPhone.value === "");
  }

  /** Desk phones at which nobody else is logged on. Whether one is plugged in shows when she logs on: a refusal says so. */
  get freeDeskPhones(): readonly DeskPhone[] {
    const others = Object.values(this.#app.state.value.operators).filter((one) => one.id !== this.#app.state.value.me);
    const taken = new Set(others.filter((one) => one.state !== "off").map((one) => one.phone));
    return (this.#app.boot.desk_phones ?? []).filter(({ user }) => !taken.has(user) || user === this.deskPhone.value);
  }

  /** Sit at the desk phone with that SIP user from the next log-on, "" for the telephone in the page. */
  sitAt(phone: string): void {
    this.deskPhone.value = phone;
    sessionStorage.setItem(DESK_PHONE, this.deskPhone.value);
  }

  /**
   * Where the policy wants somebody in her place and the hub doesn't find who, the question goes on: who relieves her? And while
   * she holds calls: who takes them over (`handOver`)?
   */
  async pause(reason: string, relief = "", handOver = ""): Promise<boolean> {
    const asked = { reason, ...(relief === "" ? {} : { relief }), ...(handOver === "" ? {} : { hand_over: handOver }) };
    const refused = await this.#app.ask("pause", asked);
    const asksRelief = refused?.code === "forbidden" && RELIEVED.has(reason) && refused.fields.name === undefined;
    const asksWhose = refused?.fields.calls !== undefined;
    if (refused === null || asksRelief || asksWhose) {
      this.pauseOpen.value = asksRelief;
      this.relieving.value = asksRelief ? reason : "";
      this.leaving.value = asksWhose ? { from: "pause", reason, relief } : null;
    }
    // Its clause and its words, where the hub has some.
    if (asksRelief && refused.text === "") this.#app.say(this.#app.t.relief_needed, true);
    else if (refused !== null && !asksWhose) await this.#app.refused(refused);
    return refused === null;
  }

  /** Log off the queue by key: once is enough. */
  async leave(): Promise<void> {
    if (this.#app.me.value?.state === "off") this.#app.tell(this.#app.t.off_now, false);
    else await this.logOff();
  }

  /** Log off; who still has held or parked calls is asked first who takes them over. */
  async logOff(from: "queue" | "page" = "queue"): Promise<void> {
    if (leftBy(this.#app.state.value).length > 0) this.leaving.value = { from };
    else await this.#logOff(from, "");
  }

  /** What she was about to do, once it is known who has her calls from now on. */
  async handOver(to: string): Promise<void> {
    const one = this.leaving.value?.from === "call";
    const done = await this.#leave(to);
    // The button beside the call goes with it, and with that the focus.
    if (done && one) setTimeout(this.#app.supervision.open.value ? offerChooser : offerSearch);
    const name = this.#app.state.value.operators[to]?.name ?? to;
    if (done && to !== BACK) this.#app.tell(this.#app.t.handed_over(name), false);
  }

  /** Nobody takes them over: who is held goes back to the queue. */
  async leaveAnyway(): Promise<void> {
    await this.handOver(BACK);
  }

  async #leave(to: string): Promise<boolean> {
    const leaving = this.leaving.value;
    if (leaving === null) return false;
    if (leaving.from === "pause") return this.pause(leaving.reason, leaving.relief, to);
    if (leaving.from !== "call") return this.#logOff(leaving.from, to);
    const done = await this.#app.command("hand_over", { call: leaving.call, to });
    if (done) this.leaving.value = null;
    return done;
  }

  async #logOff(from: "queue" | "page", to: string): Promise<boolean> {
    const on = this.#app.me.value !== null && this.#app.me.value.state !== "off";
    if (on && !(await this.#app.command("log_off", to === "" ? {} : { hand_over: to }))) return false;
    this.leaving.value = null;
    if (from === "page") {
      this.#app.drafts.clear();
      leavePage(this.#app.boot.log_out_url ?? "/log-out", this.#app.boot.csrf);
    }
    return true;
  }

  async lineOpen(open: boolean): Promise<void> {
    await this.#app.command(open ? "open_line" : "close_line", {});
  }
}

/** Ends the session: a form, since the server changes something. */
function leavePage(address: string, csrf: string): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  const token = document.createElement("input");
  token.type = "hidden";
  token.name = "csrfmiddlewaretoken";
  token.value = csrf;
  form.append(token);
  document.body.append(form);
  form.submit();
}
