// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/**
 * One telephone, however many tabs: the tab that holds the browser's lock has it. A second tab shows the same calls and may take the
 * telephone over; when the tab that had it is closed, the next one gets it by itself.
 */

export type Tab = "asking" | "here" | "elsewhere";

/** The part of `navigator.locks` that is used (W3C Web Locks). */
export type Locks = Pick<LockManager, "request">;

/** A tab that is loaded anew must find its telephone free, not taken by the one that waited. */
const GRACE = 4000;
const PATIENCE = 400;

export class PhoneTab {
  readonly #name: string;
  readonly #locks: Locks | undefined;
  readonly #onTab: (tab: Tab) => void;
  readonly #grace: number;
  #now: Tab = "asking";

  /** `name`: of the telephone. `locks` are undefined where the browser has none: then every tab is the only one. */
  constructor(name: string, locks: Locks | undefined, onTab: (tab: Tab) => void, grace = GRACE) {
    this.#name = `vaxel-phone-${name}`;
    this.#locks = locks;
    this.#onTab = onTab;
    this.#grace = grace;
  }

  start(): void {
    if (this.#locks === undefined) this.#set("here");
    // A tab that is just going away, or one that looks whether it is free, holds it for a moment.
    else this.#hold({ signal: AbortSignal.timeout(PATIENCE) });
  }

  /** Take the telephone from the tab that has it. */
  takeOver(): void {
    if (this.#now === "elsewhere") this.#hold({ steal: true });
  }

  #hold(options: LockOptions): void {
    const held = () => {
      this.#set("here");
      // Until the tab is closed, or another one takes it.
      return new Promise<never>(() => undefined);
    };
    this.#locks?.request(this.#name, options, held).catch(() => {
      this.#set("elsewhere");
      this.#wait();
    });
  }

  #wait(): void {
    void this.#locks
      ?.request(this.#name, () => undefined)
      .then(() => {
        setTimeout(() => {
          if (this.#now === "elsewhere") this.#hold({ signal: AbortSignal.timeout(PATIENCE) });
        }, this.#grace);
      })
      .catch(() => undefined);
  }

  #set(tab: Tab): void {
    if (this.#now === tab) return;
    this.#now = tab;
    this.#onTab(tab);
  }
}
