// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { announcements } from "../src/announce.ts";
import { catalogue } from "../src/i18n/catalogue.ts";
import type { Call, Operator, Organisation } from "../src/protocol.ts";
import { heldTooLong, leftBy, mayTakeFor, overdue } from "../src/shift.ts";
import { empty, type State } from "../src/state.ts";
import {
  byPressure,
  callsToSteer,
  listenedByMe,
  listenObstacle,
  loads,
  mayTakeOver,
  operatorsToSteer,
  supervised,
} from "../src/steering.ts";
import { call, operator, organisation } from "./values.ts";

const t = catalogue("en");

function state(calls: readonly Call[], operators: readonly Operator[], ...organisations: Organisation[]): State {
  const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
    Object.fromEntries(all.map((one) => [one.id, one]));
  const known = organisations.length > 0 ? organisations : [organisation("tana"), organisation("gnosjo")];
  return {
    ...empty,
    me: "eva",
    epoch: "e1",
    calls: byId(calls),
    operators: byId(operators),
    organisations: byId(known),
  };
}

const eva = operator("eva", { supervisor: true, supervises: ["tana"], organisations: ["tana", "gnosjo"] });
const liv = operator("liv", { state: "talking" });

test("who supervises nothing sees nothing to steer", () => {
  const without = state([call("a")], [operator("eva"), liv]);
  assert.deepEqual([supervised(without), callsToSteer(without), loads(without, 200)], [[], [], []]);
});

test("a supervisor sees the calls of hers alone, who waits longest first", () => {
  const seen = callsToSteer(
    state(
      [
        call("talks", { state: "connected", operator: "liv", since: 10 }),
        call("late", { since: 60 }),
        call("early", { since: 50 }),
        call("other", { organisation: "gnosjo" }),
        call("over", { state: "ended" }),
      ],
      [eva, liv],
    ),
  );
  assert.deepEqual(
    seen.map((one) => one.id),
    ["early", "late", "talks"],
  );
});

test("the load of an organisation", () => {
  const [load] = loads(
    state(
      [call("a", { waiting_since: 100 }), call("b", { waiting_since: 150 })],
      [eva, liv, operator("off", { state: "off" })],
    ),
    200,
  );
  assert.deepEqual(
    { ...load, organisation: load?.organisation.id },
    { organisation: "tana", waiting: 2, longest: 100, talking: 1, free: 1, on: 2 },
  );
});

test("operators who are on come first; those of other municipalities don't come", () => {
  const seen = operatorsToSteer(
    state([], [eva, operator("a-off", { state: "off" }), liv, operator("kim", { organisations: ["gnosjo"] })]),
  );
  assert.deepEqual(
    seen.map((one) => one.id),
    ["eva", "liv", "a-off"],
  );
});

test("an operator who was moved here is here", () => {
  const moved = operator("kim", { organisations: ["gnosjo"], serves: ["tana"] });
  assert.deepEqual(
    operatorsToSteer(state([], [eva, moved])).map((one) => one.id),
    ["eva", "kim"],
  );
});

test("what may be taken over: a call that waits, is parked or another's", () => {
  const at = state([], [eva, liv]);
  assert.ok(mayTakeOver(call("a"), at));
  assert.ok(mayTakeOver(call("a", { state: "parked", parked_by: "liv" }), at));
  assert.ok(mayTakeOver(call("a", { state: "connected", operator: "liv" }), at));
  assert.ok(!mayTakeOver(call("a", { state: "connected", operator: "eva" }), at));
  assert.ok(!mayTakeOver(call("a", { state: "recording" }), at));
});

test("listening in needs a policy that allows it and callers who are told", () => {
  const talk = call("a", { state: "connected", operator: "liv" });
  const at = (listening?: { allowed: boolean; notice: boolean }) =>
    state([talk], [eva, liv], organisation("tana", listening === undefined ? {} : { listening }));
  assert.equal(listenObstacle(talk, at()), "forbidden");
  assert.equal(listenObstacle(talk, at({ allowed: false, notice: true })), "forbidden");
  assert.equal(listenObstacle(talk, at({ allowed: true, notice: false })), "unannounced");
  assert.equal(listenObstacle(talk, at({ allowed: true, notice: true })), "");
  assert.equal(listenObstacle(call("b"), at({ allowed: true, notice: true })), "illegal");
});

test("the call that I listen to", () => {
  const talk = call("a", { state: "connected", operator: "liv", listened_by: ["eva"] });
  assert.equal(listenedByMe(state([talk], [eva]))?.id, "a");
  assert.equal(listenedByMe(state([call("b")], [eva])), null);
});

test("I am reminded of whom I hold, here or at my telephone, once the hub says so", () => {
  const late = heldTooLong(
    state(
      [
        call("here", { state: "held", held_by: "eva", since: 20, returns_at: 200 }),
        call("telephone", { state: "connected", operator: "eva", since: 10, reminded: true }),
        call("talk", { state: "connected", operator: "eva", returns_at: null }),
        call("parked", { state: "parked", parked_by: "eva", returns_at: 200 }),
        call("hers", { state: "held", held_by: "liv", returns_at: 200 }),
      ],
      [eva],
    ),
  );
  assert.deepEqual(
    late.map((one) => one.id),
    ["telephone", "here"],
  );
});

test("what I would leave behind: what I hold and what I have parked", () => {
  const left = leftBy(
    state(
      [
        call("held", { state: "held", held_by: "eva", since: 20 }),
        call("parked", { state: "parked", parked_by: "eva", since: 10 }),
        call("hers", { state: "held", held_by: "liv" }),
        call("talk", { state: "connected", operator: "eva" }),
      ],
      [eva],
    ),
  );
  assert.deepEqual(
    left.map((one) => one.id),
    ["parked", "held"],
  );
});

test("who may take my calls: who is on and serves what I serve, the free ones first", () => {
  const takers = mayTakeFor(
    state(
      [],
      [
        eva,
        liv,
        operator("zoe"),
        operator("off", { state: "off" }),
        operator("pause", { state: "paused" }),
        operator("far", { organisations: ["falkenberg"] }),
      ],
    ),
  );
  assert.deepEqual(
    takers.map((one) => one.id),
    ["zoe", "liv"],
  );
});

test("lunch is over after half an hour, other pauses when the hub says so", () => {
  const paused = (over: Partial<Operator>) => operator("eva", { state: "paused", since: 1000, ...over });
  assert.equal(overdue(paused({ reason: "lunch" }), 1000 + 29 * 60), 0);
  assert.equal(overdue(paused({ reason: "lunch" }), 1000 + 31 * 60), 60);
  assert.equal(overdue(paused({ reason: "meeting" }), 90000), 0);
  assert.equal(overdue(paused({ reason: "break", pause_seconds: 600 }), 1700), 100);
  assert.equal(overdue(operator("eva", { reason: "lunch" }), 90000), 0);
});

test("how much is spoken of a call is the operator's choice", () => {
  const before = state([call("a")], [eva]);
  const after = state([call("a", { offered_to: ["eva"] })], [eva]);
  const said = (speech: "none" | "short" | "full") => announcements(before, after, t, speech).map((one) => one.text);
  assert.deepEqual(said("none"), []);
  assert.equal(said("short").length, 1);
  assert.match(said("full")[0] ?? "", /^Call\. tana\. .*\. Main number\. 1 is waiting$/);
});

test("reinforcements are offered first where the wait is longest and nobody has called for them", () => {
  const ids = ["calm", "few", "long", "many", "called"];
  const homes = ids.map((id) => organisation(id, { surge: id === "called" ? { since: 1, by: "eva" } : null }));
  const waits = (id: string, home: string, since: number) => call(id, { organisation: home, waiting_since: since });
  const calls = [
    waits("a", "few", 80),
    waits("b", "many", 80),
    waits("c", "many", 90),
    waits("d", "long", 20),
    waits("e", "called", 10),
  ];
  const chief = operator("eva", { supervisor: true, supervises: ids, organisations: ids });
  const sorted = byPressure(loads(state(calls, [chief], ...homes), 100)).map((load) => load.organisation.id);
  assert.deepEqual(sorted, ["long", "many", "few", "called", "calm"]);
});
