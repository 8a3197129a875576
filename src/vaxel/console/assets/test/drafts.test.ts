// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { forget, keep, kept } from "../src/drafts.ts";
import { Memory } from "./values.ts";

test("what is being written is kept until it is sent", () => {
  const store = new Memory();
  keep(store, "eva", { message: { matter: "Altan" }, note: null });
  assert.deepEqual(kept(store, "eva"), { message: { matter: "Altan" } });
  keep(store, "eva", { message: null, note: null });
  assert.equal(store.length, 0);
});

test("nobody gets what another has written, and it goes", () => {
  const store = new Memory();
  store.setItem("vaxel.desk", "reception-2");
  keep(store, "eva", { note: { text: "Hers" } });
  assert.deepEqual(kept(store, "liv"), {});
  assert.deepEqual(kept(store, "eva"), {});
  assert.equal(store.getItem("vaxel.desk"), "reception-2");
});

test("at log-out all of it goes, and what can't be read counts as nothing", () => {
  const store = new Memory();
  keep(store, "eva", { note: { text: "x" } });
  forget(store);
  assert.equal(store.length, 0);
  for (const broken of ["{", "null", "7"]) {
    store.setItem("vaxel.drafts.eva", broken);
    assert.deepEqual(kept(store, "eva"), {});
  }
});
