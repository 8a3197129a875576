// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  BINDINGS,
  type Focus,
  IN_DIALOG,
  IN_SEARCH,
  keypadOf,
  layered,
  meaning,
  nameOf,
  opensLayer,
  placeOnKeypad,
  type Press,
  refusal,
  withOwn,
} from "../src/keys.ts";

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
    assert.equal(meaning(press({ key: "f", code: "KeyF", [modifier]: true }), "elsewhere"), null);
  }
});

test("no binding takes a key that browsers or screen readers need", () => {
  for (const { key } of BINDINGS) assert.ok(!OTHERS.includes(key), key);
});

test("no key stands for two things", () => {
  const keys = BINDINGS.map((binding) => binding.key).filter((key) => key !== "");
  const keypad = BINDINGS.map((binding) => binding.keypad).filter((code) => code !== "");
  const layer = BINDINGS.map((binding) => binding.layer).filter((code) => code !== "");
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(new Set(keypad).size, keypad.length);
  assert.equal(new Set(layer).size, layer.length);
});

test("everything is on the keypad, too", () => {
  for (const { action, keypad, layer } of BINDINGS) assert.notEqual(keypad + layer, "", action);
});

test("what the keypad's keys do is listed as they lie", () => {
  const signs = BINDINGS.map((binding) => keypadOf(binding).split(" ").at(-1) ?? "").filter(Boolean);
  for (const sign of signs) assert.ok(placeOnKeypad(sign) >= 0, sign);
  const listed = ["1", ",", "/", "Enter", "7", "−"].sort((a, b) => placeOnKeypad(a) - placeOnKeypad(b));
  assert.deepEqual(listed, ["/", "−", "7", "1", "Enter", ","]);
});

test("the keypad's comma opens its second layer, except where a text is written", () => {
  const comma = press({ key: ",", code: "NumpadDecimal" });
  assert.ok(opensLayer(comma, "search"));
  assert.ok(opensLayer(press({ key: ".", code: "NumpadDecimal" }), "elsewhere"));
  assert.ok(!opensLayer(comma, "text"));
  assert.ok(!opensLayer(press({ key: "Delete", code: "NumpadDecimal" }), "search"), "with the lock off it deletes");
  assert.ok(!opensLayer(press({ key: ",", code: "Comma" }), "search"));
  assert.equal(layered(press({ key: "1", code: "Numpad1" }), 1), "promise");
  assert.equal(layered(press({ key: "Enter", code: "NumpadEnter" }), 1), "exactly");
  assert.equal(layered(press({ key: "1", code: "Digit1" }), 1), null);
  assert.equal(layered(press({ key: "1", code: "Numpad1" }), 2), "repeat", "after two commas");
  assert.equal(layered(press({ key: "9", code: "Numpad9" }), 2), null);
});

test("modifiers are named in one order", () => {
  assert.equal(nameOf(press({ key: "F8", shiftKey: true, ctrlKey: true })), "Ctrl+Shift+F8");
  assert.equal(nameOf(press({ key: "?", shiftKey: true })), "?");
  assert.equal(meaning(press({ key: "F9", code: "F9", ctrlKey: true }), "text"), "promise");
});

test("a key of one's own takes the place of the usual one", () => {
  const own = withOwn({ hold: "F7" });
  assert.equal(meaning(press({ key: "F7", code: "F7" }), "text", own), "hold");
  assert.equal(meaning(press({ key: "F8", code: "F8" }), "text", own), null);
});

test("an own key that a later version gives to something else stays mine", () => {
  const own = withOwn({ hold: "F9" });
  assert.equal(meaning(press({ key: "F9", code: "F9" }), "text", own), "hold");
  assert.equal(own.find((binding) => binding.action === "park")?.key, "");
});

test("keys that type, that the browser needs, or that are taken are refused", () => {
  assert.deepEqual(refusal("F8", "park", BINDINGS), { why: "taken", by: "hold" });
  assert.deepEqual(refusal("h", "hold", BINDINGS), { why: "types" });
  assert.deepEqual(refusal("Ctrl+h", "hold", BINDINGS), { why: "types" });
  assert.deepEqual(refusal("F5", "hold", BINDINGS), { why: "reserved" });
  assert.deepEqual(refusal("Alt+F4", "hold", BINDINGS), { why: "reserved" });
  assert.equal(refusal("F13", "hold", BINDINGS), null);
  assert.equal(refusal("Ctrl+F8", "hold", withOwn({ absence: "F7" })), null);
  assert.equal(refusal("?", "help", withOwn({ help: "F1" })), null, "back to what it was");
});

test("in a dialog work the keys of a call, and none that opens something under it", () => {
  for (const action of ["main", "end", "hold", "park", "repeat"] as const) assert.ok(IN_DIALOG.has(action), action);
  for (const action of ["message", "promise", "note", "absence", "pause", "settings", "help"] as const) {
    assert.ok(!IN_DIALOG.has(action), action);
  }
});

test("the documentation has each key, and how many there are", () => {
  const page = readFileSync(new URL("../../../../../docs/console.md", import.meta.url), "utf8");
  const signs: Readonly<Record<string, string>> = { "-": "−" };
  const rows = page
    .split("## Keys")[1]
    ?.split("In the search box")[0]
    ?.split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| key"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const told = rows?.map(([, key, keypad]) => `${key} · ${signs[keypad ?? ""] ?? keypad}`);
  const changeable = BINDINGS.filter((binding) => binding.key !== "");
  assert.deepEqual(told?.toSorted(), changeable.map((binding) => `${binding.key} · ${keypadOf(binding)}`).toSorted());
  assert.ok(page.includes(`| ${changeable.length}, and ${Object.keys(IN_SEARCH).length + 1} in the search box |`));
});
