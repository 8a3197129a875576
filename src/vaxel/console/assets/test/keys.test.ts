// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { BINDINGS, type Focus, meaning, type Press } from "../src/keys.ts";

function press(over: Partial<Press>): Press {
  return { key: "", code: "", shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...over };
}

const EVERYWHERE: readonly Focus[] = ["search", "text", "elsewhere"];

/** Keys that browsers or screen readers take for themselves. */
const OTHERS = ["F1", "F3", "F5", "F6", "F7", "F10", "F11", "F12", "Tab", "Enter", " ", "Insert", "CapsLock"];

test("answering takes one key wherever the focus is", () => {
  for (const focus of EVERYWHERE) {
    assert.equal(meaning(press({ key: "F2", code: "F2" }), focus), "main");
  }
});

test("the keypad's signs act, except where a text is written", () => {
  const plus = press({ key: "+", code: "NumpadAdd" });
  assert.equal(meaning(plus, "elsewhere"), "main");
  assert.equal(meaning(plus, "search"), "main");
  assert.equal(meaning(plus, "text"), null);
});

test("the main keyboard's plus is a plus", () => {
  assert.equal(meaning(press({ key: "+", code: "Minus" }), "search"), null);
});

test("the keypad's digits are digits", () => {
  assert.equal(meaning(press({ key: "7", code: "Numpad7" }), "search"), null);
});

test("no letter or digit means anything, anywhere", () => {
  for (const key of "abcdefghijklmnopqrstuvwxyzåäöæøABC0123456789") {
    for (const focus of EVERYWHERE) {
      assert.equal(
        meaning(press({ key, code: `Key${key.toUpperCase()}`, shiftKey: key !== key.toLowerCase() }), focus),
        null,
      );
    }
  }
});

test("a question mark is typed where something is typed", () => {
  const question = press({ key: "?", code: "Minus", shiftKey: true });
  assert.equal(meaning(question, "elsewhere"), "help");
  assert.equal(meaning(question, "search"), null);
  assert.equal(meaning(question, "text"), null);
});

test("with Ctrl, Alt or the system's key, keys are the browser's", () => {
  for (const modifier of ["ctrlKey", "altKey", "metaKey"] as const) {
    assert.equal(meaning(press({ key: "F4", code: "F4", [modifier]: true }), "elsewhere"), null);
  }
});

test("no binding takes a key that browsers or screen readers need", () => {
  for (const { key } of BINDINGS) assert.ok(!OTHERS.includes(key), key);
});

test("no key stands for two things", () => {
  const keys = BINDINGS.map((binding) => binding.key);
  const keypad = BINDINGS.map((binding) => binding.keypad).filter((code) => code !== "");
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(new Set(keypad).size, keypad.length);
});
