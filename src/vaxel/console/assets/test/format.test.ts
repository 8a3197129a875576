// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { duration, keyed, number } from "../src/format.ts";

const SWEDEN = "46370331000";
const NORWAY = "4746400200";

test("numbers of the reader's country are read without their country code", () => {
  assert.equal(number("46701740605", SWEDEN), "070-174 06 05");
  assert.equal(number("4684650040", SWEDEN), "08-465 00 40");
  assert.equal(number("46846500400", SWEDEN), "08-465 004 00");
  assert.equal(number("46370331211", SWEDEN), "0370-33 12 11");
  assert.equal(number("46313900600", SWEDEN), "031-390 06 00");
  assert.equal(number("4746400221", NORWAY), "46 40 02 21");
  assert.equal(number("4574000000", "4574000001"), "74 00 00 00");
  assert.equal(number("3581825000", "35893101691"), "018 250 00");
  assert.equal(number("3545451000", "3545451001"), "545 1000");
  assert.equal(number("298302000", "298302001"), "30 20 00");
});

test("numbers of another country keep it", () => {
  assert.equal(number("46701740605", NORWAY), "+46 70 174 06 05");
  assert.equal(number("4746400221", SWEDEN), "+47 46 40 02 21");
  assert.equal(number("358401234567", SWEDEN), "+358 40 123 45 67");
  assert.equal(number("3545451000", SWEDEN), "+354 545 1000");
  assert.equal(number("12025550123", SWEDEN), "+12025550123");
});

test("what isn't an E.164 number is left as it is", () => {
  for (const text of ["", "anonymous", "4711", "112"]) assert.equal(number(text, SWEDEN), text);
});

test("a number may be keyed as people write it", () => {
  assert.equal(keyed("0980-319 201"), "0980319201");
  assert.equal(keyed("+46 (0)70"), "+46070");
  assert.equal(keyed("anna 2"), "");
  assert.equal(keyed("1"), "");
  assert.equal(keyed("1234567890123456"), "");
});

test("times are never negative", () => {
  assert.equal(duration(-3), "0:00");
  assert.equal(duration(7.9), "0:07");
  assert.equal(duration(751), "12:31");
  assert.equal(duration(3720), "1:02:00");
});
