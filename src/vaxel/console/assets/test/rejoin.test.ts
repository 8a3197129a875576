// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { leaveWord, takeWord } from "../src/rejoin.ts";
import { Memory } from "./values.ts";

test("a page that is loaded anew knows in which call its operator talked, once", () => {
  const store = new Memory();
  leaveWord(store, "n1-7", 100);
  assert.equal(takeWord(store, true, 102), "n1-7");
  assert.equal(takeWord(store, true, 102), "");
});

test("a tab that was opened anew or copied answers nothing, and the word is gone", () => {
  const store = new Memory();
  leaveWord(store, "n1-7", 100);
  assert.equal(takeWord(store, false, 102), "");
  assert.equal(takeWord(store, true, 102), "");
});

test("after half a minute she must answer herself", () => {
  const store = new Memory();
  leaveWord(store, "n1-7", 100);
  assert.equal(takeWord(store, true, 130), "");
});
