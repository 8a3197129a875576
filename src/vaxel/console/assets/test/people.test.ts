// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { endOf } from "../src/absences.ts";
import { matchedWords, presenceWords } from "../src/directory-words.ts";
import { localTime } from "../src/format.ts";
import { catalogue } from "../src/i18n/catalogue.ts";
import { inForce } from "../src/notices.ts";
import { busy, type Card, covering, dialled, type Found, joined, type Slot } from "../src/people.ts";
import { promisedBy } from "../src/promises.ts";
import { notice } from "./values.ts";

const HERE = { here: true, reason: "", back: null };
const AWAY = { here: false, reason: "meeting", back: null };
const anna: Found = { id: "p1", kind: "person", name: "Anna", number: "46370331211", organisation: "gnosjo" };

function slot(from: string, to: string, state: "busy" | "free" = "busy"): Slot {
  return { from: `2026-03-02T${from}:00+01:00`, to: `2026-03-02T${to}:00+01:00`, state };
}

const at = (time: string) => Date.parse(`2026-03-02T${time}:00+01:00`) / 1000;

test("a person is dialled by her id, a group or unit by its number", () => {
  assert.equal(dialled(anna), "p1");
  assert.equal(dialled({ ...anna, id: "g3", kind: "group" }), "46370331211");
  assert.equal(dialled({ ...anna, id: "u3", kind: "unit", number: "" }), "");
  assert.equal(dialled({ ...anna, id: "" }), "46370331211");
});

test("busy stretches are joined, begin now at the earliest, and leave out what is over", () => {
  const day = [slot("08:00", "09:00"), slot("10:00", "11:00"), slot("10:30", "12:00"), slot("12:00", "17:00", "free")];
  assert.deepEqual(joined(day, at("10:15")), [[at("10:15"), at("12:00")]]);
  assert.deepEqual(busy(day, at("07:00")), [
    { from: 0.1, length: 0.1 },
    { from: 0.3, length: 0.2 },
  ]);
  assert.deepEqual(busy([], at("07:00")), []);
});

test("the substitute covers first, then colleagues who are here, nobody twice, and never the one herself", () => {
  const card: Card = {
    ...anna,
    substitute: { id: "p3", name: "Cia" },
    same_function: [
      { id: "p1", name: "Anna", number: "1", presence: HERE },
      { id: "p2", name: "Bo", number: "2", presence: AWAY },
      { id: "p3", name: "Cia", number: "3", presence: AWAY },
      { id: "p4", name: "Dag", number: "4", presence: HERE },
    ],
  };
  assert.deepEqual(
    covering(card).map((one) => [one.id, one.number]),
    [
      ["p3", "3"],
      ["p4", "4"],
    ],
  );
});

test("presence is told with the reason and when she is back", () => {
  const t = catalogue("en");
  assert.equal(presenceWords(HERE, t), "Here");
  assert.equal(presenceWords(AWAY, t), "Away · Meeting");
  assert.match(
    presenceWords({ ...AWAY, back: new Date(2040, 0, 5, 13, 0).toISOString() }, t),
    /^Away until 5\/1 13:00/,
  );
  assert.equal(presenceWords({ here: false, reason: "left", back: null }, t), "No longer works here");
  assert.equal(presenceWords(null, t), "");
});

test("what fits is told when the row doesn't show it", () => {
  const t = catalogue("en");
  assert.equal(matchedWords({ ...anna, matched: { field: "search_word", text: "altan" } }, t), "Search word: altan");
  assert.equal(matchedWords({ ...anna, matched: { field: "name", text: "Anna" } }, t), "");
  assert.equal(matchedWords(anna, t), "");
});

test("a promise is for a quarter that can be told: in an hour, or when she is back today", () => {
  const now = new Date(2026, 2, 2, 10, 3).getTime() / 1000;
  const local = (found: Found | null) => localTime(promisedBy(found, now));
  assert.equal(local(null), "2026-03-02T11:15");
  const back = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();
  assert.equal(local({ ...anna, presence: { ...AWAY, back: back(2, 13) } }), "2026-03-02T13:15");
  assert.equal(local({ ...anna, presence: { ...AWAY, back: back(3, 13) } }), "2026-03-02T11:15");
});

test("an absence lasts as long as it is told", () => {
  const now = new Date(2026, 2, 2, 10, 3, 20).getTime() / 1000;
  const local = (end: number | null) => (end === null ? null : localTime(end));
  assert.equal(local(endOf("hour", now)), "2026-03-02T11:04");
  assert.equal(local(endOf("today", now)), "2026-03-03T00:00");
  assert.equal(local(endOf("tomorrow", now)), "2026-03-04T00:00");
  assert.equal(endOf("open", now), null);
});

test("notices that are over are gone; unread ones come first, then the newest", () => {
  const all = [
    notice("old", { from: 50 }),
    notice("over", { until: 900 }),
    notice("unread", { from: 10, unread_by: ["o1"] }),
    notice("new", { from: 200, until: 5000, unread_by: ["o2"] }),
  ];
  assert.deepEqual(
    inForce(all, "o1", 1000).map((one) => one.id),
    ["unread", "new", "old"],
  );
});
