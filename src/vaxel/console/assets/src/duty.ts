// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Whether calls come to me: logging on, pausing with somebody who relieves me, keeping the line open, and leaving nobody behind. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";

import type { App } from "./app.ts";
import type { DeskPhone } from "./boot.ts";
import type { Call, Operator } from "./protocol.ts";
import { leftBy, mayTakeFor, RELIEVED } from "./shift.ts";

/** What she logs off from: the queue, or the whole page. */
export type Leaving = "queue" | "page";

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
    this.left = computed(() => leftBy(app.state.value));
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

  /** Where the policy wants somebody in her place and the hub doesn't find who, the question goes on: who relieves her? */
  async pause(reason: string, relief = ""): Promise<void> {
    const refused = await this.#app.ask("pause", relief === "" ? { reason } : { reason, relief });
    if (refused === null) this.pauseOpen.value = false;
    else if (refused.code === "forbidden" && RELIEVED.has(reason)) {
      this.relieving.value = reason;
      // Its clause and its words, where the hub has some.
      if (refused.text !== "") await this.#app.refused(refused);
      else this.#app.tell(this.#app.t.relief_needed, true);
    } else await this.#app.refused(refused);
  }

  /** Log off the queue by key: once is enough. */
  async leave(): Promise<void> {
    if (this.#app.me.value?.state === "off") this.#app.tell(this.#app.t.off_now, false);
    else await this.logOff();
  }

  /** Log off; who still has held or parked calls is asked first who takes them over. */
  async logOff(from: Leaving = "queue"): Promise<void> {
    if (this.left.value.length > 0) this.leaving.value = from;
    else await this.logOffNow(from);
  }

  async handOver(to: string): Promise<void> {
    const from = this.leaving.value;
    if (from === null) return;
    for (const call of this.left.value) {
      if (!(await this.#app.command("hand_over", { call: call.id, to }))) return;
    }
    this.#app.tell(this.#app.t.handed_over(this.#app.state.value.operators[to]?.name ?? to), false);
    await this.logOffNow(from);
  }

  async logOffNow(from: Leaving): Promise<void> {
    const on = this.#app.me.value !== null && this.#app.me.value.state !== "off";
    if (on && !(await this.#app.command("log_off", {}))) return;
    this.leaving.value = null;
    if (from === "queue") return;
    this.#app.drafts.clear();
    leavePage(this.#app.boot.log_out_url ?? "/log-out", this.#app.boot.csrf);
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
