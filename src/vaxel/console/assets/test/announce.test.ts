// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { announcements } from "../src/announce.ts";
import { catalogue } from "../src/i18n/catalogue.ts";
import type { Call } from "../src/protocol.ts";
import { empty, type State } from "../src/state.ts";
import { call, operator, organisation } from "./values.ts";

const t = catalogue("en");
const ME = "o1";
const CALLER = "+46 980 31 92 01";

function state(one: Call | null, mine = operator(ME)): State {
  const organisations = { tana: organisation("tana", { name: "Tana kommune", welcome_phrase: "Hei", language: "nb" }) };
  const calls = one === null ? {} : { [one.id]: one };
  return { ...empty, epoch: "e", n: 1, me: ME, calls, organisations, operators: { [ME]: mine } };
}

/** What is said when a call that `was` so `is` so. */
function said(was: Partial<Call> | null, is: Partial<Call> | null): readonly string[] {
  const [before, after] = [was, is].map((over) => state(over === null ? null : call("n1-7", over)));
  return announcements(before as State, after as State, t).map(({ text }) => text);
}

const MINE = { state: "connected", operator: ME } as const;
const PRESENTED = [`Call. Tana kommune. ${CALLER}`];
const BACK = [`Back with ${CALLER}`];

test("of a call that was offered, all has been said when it is answered", () => {
  assert.deepEqual(said({ offered_to: [ME] }, MINE), []);
});

test("a call that becomes mine without having been offered is presented", () => {
  assert.deepEqual(said({ offered_to: ["o2"] }, MINE), PRESENTED);
  assert.deepEqual(said({ state: "connected", operator: "o2" }, MINE), PRESENTED);
  assert.deepEqual(said({ state: "parked", parked_by: "o2" }, MINE), PRESENTED);
  assert.deepEqual(said({ state: "held", operator: "o2", held_by: "o2" }, MINE), PRESENTED);
});

test("who takes her caller back hears with whom she talks", () => {
  assert.deepEqual(said({ state: "held", held_by: ME }, MINE), BACK);
  assert.deepEqual(said({ state: "parked", parked_by: ME }, MINE), BACK);
  assert.deepEqual(said({ state: "consulting", operator: ME }, MINE), BACK);
  assert.deepEqual(said({ state: "transferring", operator: ME }, MINE), BACK);
});

test("what she rang herself is heard to answer", () => {
  assert.deepEqual(said({ state: "dialling", operator: ME, direction: "out" }, { ...MINE, direction: "out" }), []);
});

test("that she is on, off or on a pause is said, that she talks is heard", () => {
  const change = (was: object, is: object) =>
    announcements(state(null, operator(ME, was)), state(null, operator(ME, is)), t).map(({ text }) => text);
  assert.deepEqual(change({ state: "off" }, { state: "ready" }), ["Ready"]);
  assert.deepEqual(change({ state: "ready" }, { state: "paused", reason: "lunch" }), ["Pause: Lunch"]);
  assert.deepEqual(change({ state: "paused", reason: "lunch" }, { state: "ready" }), ["Ready"]);
  assert.deepEqual(change({ state: "ready" }, { state: "off" }), ["Logged off"]);
  assert.deepEqual(change({ state: "ready" }, { state: "offered" }), []);
  assert.deepEqual(change({ state: "talking" }, { state: "ready" }), []);
});
