// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { findAgain } from "../src/devices.ts";
import type { Language } from "../src/boot.ts";
import { catalogue } from "../src/i18n/catalogue.ts";
import {
  hear,
  heardTrouble,
  type Heard,
  meterShare,
  type MicrophoneTrouble,
  nothingHeard,
  openingTrouble,
} from "../src/microphone.ts";
import { microphoneWords } from "../src/microphone-words.ts";
import { type Locks, PhoneTab, type Tab } from "../src/tabs.ts";

const HEADSET = { id: "a1", name: "Headset" };
const LANGUAGES: readonly Language[] = ["sv", "nb", "da", "en"];

function heardFor(seconds: number, peak: number, muted = false): Heard {
  let heard = nothingHeard;
  for (let at = 0; at < seconds * 10; at++) heard = hear(heard, peak, 0.1, muted);
  return heard;
}

test("the headset is found again by its id, else by its name, else not", () => {
  assert.deepEqual(findAgain(HEADSET, [{ id: "b", name: "Other" }, HEADSET]), HEADSET);
  assert.equal(findAgain(HEADSET, [{ id: "new", name: "Headset" }])?.id, "new");
  assert.equal(findAgain(HEADSET, [{ id: "b", name: "Other" }]), null);
});

test("the system's choice is always there", () => {
  assert.equal(findAgain({ id: "", name: "" }, [])?.id, "");
});

test("a microphone from which not even noise comes is told after eight seconds", () => {
  assert.equal(heardTrouble(heardFor(7, 0)), "");
  assert.equal(heardTrouble(heardFor(9, 0)), "silent");
  assert.equal(heardTrouble(hear(heardFor(9, 0), 0.01, 0.1, false)), "");
});

test("a quiet room is no fault", () => {
  assert.equal(heardTrouble(heardFor(3600, 0.001)), "");
});

test("who speaks into a microphone that she has switched off is told, who listens isn't", () => {
  assert.equal(heardTrouble(heardFor(2, 0.3, true)), "talking_muted");
  assert.equal(heardTrouble(heardFor(60, 0.01, true)), "");
  assert.equal(heardTrouble(heardFor(2, 0.3, false)), "");
});

test("a cough while muted is forgotten", () => {
  const coughed = hear(hear(nothingHeard, 0.5, 0.1, true), 0.5, 0.1, true);
  let heard = coughed;
  for (let at = 0; at < 10; at++) heard = hear(heard, 0.001, 0.1, true);
  assert.equal(heard.spoken, 0);
});

test("why a microphone doesn't open, by the browser's names", () => {
  assert.equal(openingTrouble("NotAllowedError"), "denied");
  assert.equal(openingTrouble("NotFoundError"), "missing");
  assert.equal(openingTrouble("OverconstrainedError"), "missing");
  assert.equal(openingTrouble("NotReadableError"), "busy");
});

test("every trouble has a sentence of its own in every language", () => {
  const troubles: readonly MicrophoneTrouble[] = [
    "insecure",
    "denied",
    "missing",
    "busy",
    "unplugged",
    "off_at_device",
    "silent",
    "talking_muted",
  ];
  for (const language of LANGUAGES) {
    const words = troubles.map((trouble) => microphoneWords(trouble, catalogue(language)));
    assert.equal(new Set(words).size, troubles.length);
    assert.ok(words.every((text) => text.length > 20));
  }
});

test("the meter shows loudness as it is felt", () => {
  assert.equal(meterShare(0), 0);
  assert.equal(meterShare(1), 1);
  assert.ok(Math.abs(meterShare(0.0316) - 0.5) < 0.01);
});

/** Locks as a browser keeps them for all its tabs (W3C Web Locks), with one name. */
class BrowsersLocks {
  #held: { reject: (error: Error) => void } | null = null;
  readonly #queue: (() => void)[] = [];

  readonly request = ((_name: string, second: unknown, third?: unknown): Promise<unknown> => {
    const [options, held] = (third === undefined ? [{}, second] : [second, third]) as [LockOptions, () => unknown];
    return new Promise((resolve, reject) => {
      const take = () => {
        const mine = { reject };
        this.#held = mine;
        void Promise.resolve(held()).then((done) => {
          resolve(done);
          if (this.#held === mine) this.free();
        });
      };
      if (options.steal === true) {
        this.#held?.reject(new DOMException("stolen", "AbortError"));
        take();
      } else if (this.#held === null) take();
      else {
        this.#queue.push(take);
        options.signal?.addEventListener("abort", () => {
          this.#queue.splice(this.#queue.indexOf(take), 1);
          reject(new DOMException("late", "TimeoutError"));
        });
      }
    });
  }) as Locks["request"];

  /** The tab that holds it is closed. */
  free(): void {
    this.#held = null;
    this.#queue.shift()?.();
  }
}

function opened(locks: BrowsersLocks): { tab: PhoneTab; seen: Tab[]; until: (wanted: Tab) => Promise<void> } {
  const seen: Tab[] = [];
  let wake: () => void = () => undefined;
  const tab = new PhoneTab(
    "eva",
    locks as Locks,
    (now) => {
      seen.push(now);
      wake();
    },
    20,
  );
  const until = async (wanted: Tab) => {
    while (seen.at(-1) !== wanted) await new Promise<void>((resolve) => (wake = resolve));
  };
  tab.start();
  return { tab, seen, until };
}

test("the first tab has the telephone, the second may take it, and gets it when the first is closed", async () => {
  const locks = new BrowsersLocks();
  const first = opened(locks);
  await first.until("here");
  const second = opened(locks);
  await second.until("elsewhere");
  second.tab.takeOver();
  await second.until("here");
  await first.until("elsewhere");
  locks.free();
  await first.until("here");
  assert.deepEqual(first.seen, ["here", "elsewhere", "here"]);
  assert.deepEqual(second.seen, ["elsewhere", "here"]);
});

test("a browser that keeps no locks has one telephone in every tab", () => {
  const seen: Tab[] = [];
  new PhoneTab("eva", undefined, (tab) => seen.push(tab)).start();
  assert.deepEqual(seen, ["here"]);
});
