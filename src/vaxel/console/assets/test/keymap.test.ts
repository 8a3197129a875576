// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { Keymap, type OwnKeys } from "../src/keymap.ts";
import type { Press } from "../src/keys.ts";

const COMMA = { key: ",", code: "NumpadDecimal" };

function press(over: Partial<Press>): Press {
  return { key: "", code: "", shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...over };
}

function keymap(own: OwnKeys = {}, keep: (own: OwnKeys) => Promise<void> = async () => {}): Keymap {
  return new Keymap(own, keep);
}

test("the comma and a digit are one command, and the next digit is a digit again", () => {
  const keys = keymap();
  assert.equal(keys.press(press(COMMA), "search"), "layer");
  assert.equal(keys.press(press({ key: "5", code: "Numpad5" }), "search"), "message");
  assert.equal(keys.press(press({ key: "5", code: "Numpad5" }), "search"), null);
});

test("the comma twice leads to what is needed seldom, three times to the list of keys", () => {
  const keys = keymap();
  for (const code of ["Numpad4", "NumpadDecimal"]) {
    keys.press(press(COMMA), "elsewhere");
    assert.equal(keys.press(press(COMMA), "elsewhere"), "layer");
    const action = keys.press(press({ key: "4", code }), "elsewhere");
    assert.equal(action, code === "Numpad4" ? "settings" : "help");
    assert.equal(keys.layer.value, 0);
  }
});

test("choosing up and down needs the comma once", () => {
  const keys = keymap();
  keys.press(press(COMMA), "search");
  assert.equal(keys.press(press({ key: "2", code: "Numpad2" }), "search"), "down");
  assert.equal(keys.press(press({ key: "2", code: "Numpad2" }), "search"), "down");
  assert.equal(keys.press(press({ key: "8", code: "Numpad8" }), "search"), "up");
  assert.equal(keys.press(press({ key: "a", code: "KeyA" }), "search"), null);
  assert.equal(keys.press(press({ key: "2", code: "Numpad2" }), "search"), null, "another key closes the layer");
});

test("out of the search box: from there digits move on without a comma", () => {
  const keys = keymap();
  keys.press(press(COMMA), "search");
  keys.press(press(COMMA), "search");
  assert.equal(keys.press(press({ key: "6", code: "Numpad6" }), "search"), "out");
  assert.equal(keys.press(press({ key: "8", code: "Numpad8" }), "elsewhere"), "up");
  assert.equal(keys.press(press({ key: "Enter", code: "NumpadEnter" }), "elsewhere"), null);
});

test("after moving, Enter connects as always, plus answers, and the comma begins anew", () => {
  const keys = keymap();
  const move = () => {
    keys.press(press(COMMA), "search");
    assert.equal(keys.press(press({ key: "2", code: "Numpad2" }), "search"), "down");
  };
  move();
  assert.equal(keys.press(press({ key: "Enter", code: "NumpadEnter" }), "search"), null);
  move();
  assert.equal(keys.press(press({ key: "+", code: "NumpadAdd" }), "search"), "main");
  move();
  keys.press(press(COMMA), "search");
  assert.equal(keys.press(press({ key: "5", code: "Numpad5" }), "search"), "message");
  move();
  assert.equal(keys.press(press({ key: "3", code: "Numpad3" }), "search"), "consult");
});

test("a key that does nothing in the layer types nothing either", () => {
  const keys = keymap();
  keys.press(press(COMMA), "elsewhere");
  const bound = keys.bindings.value.map((binding) => binding.layer);
  assert.ok(bound.includes("NumpadMultiply"));
  assert.equal(keys.press(press({ key: "=", code: "NumpadEqual" }), "elsewhere"), "layer");
  assert.equal(keys.layer.value, 0);
});

test("while the comma waits, another key is what it always is", () => {
  const keys = keymap();
  keys.press(press(COMMA), "elsewhere");
  assert.equal(keys.press(press({ key: "F2", code: "F2" }), "elsewhere"), "main");
  assert.equal(keys.layer.value, 0);
});

test("a changed key is kept, and shown", async () => {
  const kept: OwnKeys[] = [];
  const keys = keymap({}, async (own) => void kept.push(own));
  await keys.change("hold", "F7");
  assert.deepEqual(kept, [{ hold: "F7" }]);
  assert.equal(keys.keyOf("hold"), "F7");
  await keys.change("hold", "F8");
  assert.deepEqual(kept.at(-1), {}, "the usual key needs no keeping");
});

test("what can't be kept isn't changed", async () => {
  const keys = keymap({ hold: "F7" }, () => Promise.reject(new Error("away")));
  await assert.rejects(keys.reset());
  assert.equal(keys.keyOf("hold"), "F7");
});
