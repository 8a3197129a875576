// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { allowed, board, isLong, main, myHeld } from "../src/calls.ts";
import type { Call } from "../src/protocol.ts";
import { empty, type State } from "../src/state.ts";
import { call } from "./values.ts";

function state(...calls: Call[]): State {
  return { ...empty, me: "eva", calls: Object.fromEntries(calls.map((one) => [one.id, one])) };
}

test("a recall goes before those who have waited longer", () => {
  const view = board(state(call("a", { waiting_since: 10 }), call("b", { waiting_since: 50, priority: 0 })));
  assert.deepEqual(
    view.waiting.map((one) => one.id),
    ["b", "a"],
  );
});

test("the main key takes what is offered before what has waited longer", () => {
  const view = board(state(call("a", { waiting_since: 10 }), call("b", { waiting_since: 50, offered_to: ["eva"] })));
  assert.deepEqual(main(view), { do: "answer", call: view.offered[0] });
});

test("the main key takes the next call when nothing is offered", () => {
  const view = board(state(call("a", { waiting_since: 10 }), call("b", { waiting_since: 50 })));
  assert.equal((main(view) as { call: Call }).call.id, "a");
});

test("the main key never leaves a caller for another", () => {
  const view = board(state(call("a", { state: "connected", operator: "eva" }), call("b")));
  assert.deepEqual(main(view), { do: "busy" });
});

test("the main key joins caller and consulted", () => {
  const view = board(state(call("a", { state: "consulting", operator: "eva" })));
  assert.equal(main(view).do, "complete");
});

test("another operator's call is not mine", () => {
  assert.equal(board(state(call("a", { state: "connected", operator: "liv" }))).mine, null);
});

test("my held calls come first, and the hold key takes back the newest of them", () => {
  const view = board(
    state(
      call("a", { state: "held", held_by: "liv", operator: "liv", since: 1 }),
      call("b", { state: "held", held_by: "eva", operator: "eva", since: 2 }),
      call("c", { state: "held", held_by: "eva", operator: "eva", since: 3 }),
    ),
  );
  assert.deepEqual(
    view.held.map((one) => one.id),
    ["b", "c", "a"],
  );
  assert.equal(myHeld(view, "eva")?.id, "c");
});

test("a call on its way to somebody can be called back, and nothing else", () => {
  assert.deepEqual(allowed(call("a", { state: "transferring" })), ["return"]);
});

test("a call is long when it lasts, others wait, and the policy says so", () => {
  const mine = call("a", { state: "connected", answered: 100 });
  assert.ok(isLong(mine, 1, 60, 161));
  assert.ok(!isLong(mine, 1, 60, 159));
  assert.ok(!isLong(mine, 0, 60, 161), "nobody waits");
  assert.ok(!isLong(mine, 1, null, 161));
  assert.ok(!isLong({ ...mine, state: "consulting" }, 1, 60, 161));
});
