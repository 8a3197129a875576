// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { Telling } from "../src/telling.ts";

function texts(telling: Telling): readonly (readonly string[])[] {
  return [telling.polite, telling.urgent].map((region) => region.value.map(({ text }) => text));
}

test("what is said in quick succession is all there to be read, in its order, and each by itself", (context) => {
  context.mock.timers.enable({ apis: ["Date", "setTimeout"] });
  const telling = new Telling();
  telling.say("Logged off", false);
  telling.tell("Handed over to Liv Mo", false);
  telling.say("Call. Tana kommune", true);
  telling.say("Logged off", false);
  assert.deepEqual(texts(telling), [["Logged off", "Handed over to Liv Mo", "Logged off"], ["Call. Tana kommune"]]);
  const ids = telling.polite.value.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "the same words again are something new");
});

test("what has been read makes room for what is said later", (context) => {
  context.mock.timers.enable({ apis: ["Date", "setTimeout"] });
  const telling = new Telling();
  telling.say("Ready", false);
  context.mock.timers.tick(10_000);
  assert.deepEqual(texts(telling)[0], ["Ready"], "it may be looked up until then");
  telling.say("Held", false);
  assert.deepEqual(texts(telling)[0], ["Held"]);
});
