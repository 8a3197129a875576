// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Whether calls come to me: logging on, pausing, keeping the line open. */

import { signal } from "@preact/signals";

import type { App } from "./app.ts";

export class Duty {
  readonly pauseOpen = signal(false);
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** Pause and ready in turn; from logged off, log on. */
  async turnPause(): Promise<void> {
    const state = this.#app.me.value?.state;
    if (state === "off" || state === "paused") await this.ready();
    else this.pauseOpen.value = true;
  }

  async ready(): Promise<void> {
    const { sip } = this.#app.boot;
    await this.#app.command("ready", sip === null ? {} : { phone: sip.user });
  }

  async pause(reason: string): Promise<void> {
    this.pauseOpen.value = false;
    await this.#app.command("pause", { reason });
  }

  async logOff(): Promise<void> {
    await this.#app.command("log_off", {});
  }

  async lineOpen(open: boolean): Promise<void> {
    await this.#app.command(open ? "open_line" : "close_line", {});
  }
}
