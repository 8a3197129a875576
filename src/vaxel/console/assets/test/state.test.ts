// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import type {
  Call,
  CallState,
  Collections,
  Notice,
  Operator,
  OperatorState,
  Organisation,
  SetFrame,
  StateFrame,
} from "../src/protocol.ts";
import { apply, empty, type State } from "../src/state.ts";
import { call, notice, operator, organisation } from "./values.ts";

const CALL_STATES: readonly CallState[] = [
  "announcing",
  "choosing",
  "ringing",
  "waiting",
  "connected",
  "held",
  "consulting",
  "transferring",
  "parked",
  "greeting",
  "recording",
  "dialling",
  "ended",
];
const OPERATOR_STATES: readonly OperatorState[] = ["off", "ready", "paused", "offered", "talking", "listening"];

const bare: Collections = { calls: {}, operators: {}, organisations: {}, notices: {} };

function snapshot(collections: Collections, n: number, epoch = "e1"): StateFrame {
  return { snapshot: collections, me: "eva", epoch, n, at: 0 };
}

test("a snapshot replaces everything", () => {
  const before: State = { ...empty, calls: { old: call("old") }, epoch: "e0", n: 900 };
  const after = apply(before, snapshot({ ...bare, calls: { new: call("new") } }, 3));
  assert.deepEqual(Object.keys(after.calls), ["new"]);
  assert.equal(after.n, 3);
  assert.equal(after.epoch, "e1");
});

test("a change that is already in the state is not applied again", () => {
  const state = apply(empty, snapshot({ ...bare, calls: { a: call("a", { state: "held" }) } }, 10));
  assert.equal(apply(state, { n: 10, set: "calls", id: "a", value: call("a") }), state);
});

test("the greeting of a resumed connection doesn't move the position, so that a second loss forgets nothing", () => {
  const state = apply(empty, snapshot(bare, 10));
  const resumed = apply(state, { resumed: true, me: "eva", epoch: "e1", n: 14, at: 0 });
  assert.equal(resumed.n, 10);
  assert.equal(apply(resumed, { n: 12, set: "calls", id: "a", value: call("a") }).calls.a?.id, "a");
});

test("the old state isn't changed", () => {
  const state = apply(empty, snapshot({ ...bare, calls: { a: call("a") } }, 1));
  apply(state, { n: 2, del: "calls", id: "a" });
  assert.ok(state.calls.a);
});

/** A small generator with a seed (mulberry32), so that a failing day can be seen again. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One change of a random day, made to `world` and returned as the hub would tell it. Some are another organisation's. */
function change(world: Collections, n: number, next: () => number): StateFrame | null {
  const id = `c${Math.floor(next() * 12)}`;
  const calls = world.calls as Record<string, Call>;
  const operators = world.operators as Record<string, Operator>;
  const notices = world.notices as Record<string, Notice>;
  const organisations = world.organisations as Record<string, Organisation>;
  const one = <T>(among: readonly T[]): T => among[Math.floor(next() * among.length)] as T;
  const dice = next();
  if (dice < 0.1) return null;
  if (dice < 0.3 && calls[id]) {
    delete calls[id];
    return { n, del: "calls", id };
  }
  if (dice < 0.7) {
    calls[id] = call(id, { state: one(CALL_STATES), since: n });
    return { n, set: "calls", id, value: calls[id] } satisfies SetFrame;
  }
  const who = `o${Math.floor(next() * 4)}`;
  if (dice < 0.75 && operators[who]) {
    delete operators[who];
    return { n, del: "operators", id: who };
  }
  if (dice < 0.85) {
    operators[who] = operator(who, { state: one(OPERATOR_STATES), since: n });
    return { n, set: "operators", id: who, value: operators[who] };
  }
  const told = `n${Math.floor(next() * 3)}`;
  if (dice < 0.88 && notices[told]) {
    delete notices[told];
    return { n, del: "notices", id: told };
  }
  if (dice < 0.95) {
    notices[told] = notice(told, { reminded: n });
    return { n, set: "notices", id: told, value: notices[told] };
  }
  organisations.tana = organisation("tana", { surge: dice < 0.98 ? null : { since: n, by: who } });
  return { n, set: "organisations", id: "tana", value: organisations.tana };
}

test("old state and changes make the fresh snapshot, through random days with losses, resumptions and restarts", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const next = random(seed);
    const world: Collections = { calls: {}, operators: {}, organisations: {}, notices: {} };
    const log: StateFrame[] = [];
    let state = apply(empty, snapshot(structuredClone(world), 0));
    let connected = true;
    let epoch = "e1";
    let n = 0;
    for (let step = 1; step <= 400; step++) {
      n += 1;
      const frame = change(world, n, next);
      if (frame !== null) {
        log.push(structuredClone(frame));
        if (connected) state = apply(state, structuredClone(frame));
      }
      if (next() < 0.02) {
        // The hub starts anew: it counts from the beginning, and knows nothing of what was told before.
        epoch = `${epoch}-anew`;
        log.length = n = 0;
        connected = false;
      } else if (next() < 0.05) {
        connected = !connected;
        if (connected && state.epoch !== epoch) {
          state = apply(state, snapshot(structuredClone(world), n, epoch));
        } else if (connected) {
          state = apply(state, { resumed: true, me: "eva", epoch, n, at: 0 });
          const missed = log.filter((entry) => "n" in entry && entry.n > state.n);
          // The line may break again half-way through what was missed.
          const until = next() < 0.3 ? Math.floor(missed.length / 2) : missed.length;
          for (const entry of missed.slice(0, until)) state = apply(state, entry);
          connected = until === missed.length;
        }
      }
    }
    if (state.epoch === epoch) for (const entry of log) state = apply(state, entry);
    else state = apply(state, snapshot(structuredClone(world), n, epoch));
    const fresh = apply(empty, snapshot(world, state.n, epoch));
    assert.deepEqual(state, fresh, `seed ${seed}`);
  }
});
