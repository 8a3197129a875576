// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { announcements, repeated } from "../src/announce.ts";
import { asksForAnswer } from "../src/autoanswer.ts";
import type { Language } from "../src/boot.ts";
import { spokenDuration } from "../src/format.ts";
import { CommandError } from "../src/hub.ts";
import { catalogue } from "../src/i18n/catalogue.ts";
import type { Call, CallState, Leg, LegState } from "../src/protocol.ts";
import { empty, type State } from "../src/state.ts";
import { absenceReason } from "../src/directory-words.ts";
import { callStateWords } from "../src/steering.ts";
import { errorWords, legWords, PASSED_OVER, pathWords, reasonWords } from "../src/words.ts";
import { codes } from "./codes.ts";
import { call, operator } from "./values.ts";

const t = catalogue("en");
const LANGUAGES: readonly Language[] = ["sv", "nb", "da", "en"];
const anna: Leg = { n: 2, party: "p1", kind: "person", name: "Anna", number: "46370331211", state: "ringing" };

function state(...calls: Call[]): State {
  return {
    ...empty,
    me: "eva",
    epoch: "e1",
    calls: Object.fromEntries(calls.map((one) => [one.id, one])),
    operators: { eva: operator("eva"), liv: operator("liv", { name: "Liv Mo" }) },
    organisations: {
      tana: { id: "tana", name: "Tana", language: "nb", main_number: "4746400200", welcome_phrase: "Velkommen" },
    },
  };
}

function said(before: State, after: State): string[] {
  return announcements(before, after, t).map((one) => one.text);
}

/** `words` of every code of that kind, in every language: something, and not the code itself. */
function everyCode(kind: string, words: (code: string, language: Language) => string): void {
  assert.notEqual(codes(kind).length, 0, `no codes of ${kind} are known`);
  for (const language of LANGUAGES) {
    for (const code of codes(kind)) {
      const text = words(code, language);
      assert.ok(text.length > 2 && !text.includes(`${code}_`), `${language}: ${kind} ${code} has no words`);
      if (code.includes("_") || code.includes("-"))
        assert.ok(!text.includes(code), `${language}: ${kind} ${code} is raw`);
    }
  }
}

test("every reason has words in every language", () => {
  everyCode("reason", (code, language) => {
    const words = reasonWords({ code, clause: "", text: "", person: "Anna", seconds: 25 }, catalogue(language));
    return words === code ? "" : words;
  });
});

test("every step of the way has words in every language, or is passed over", () => {
  everyCode("path", (code, language) => {
    const words = pathWords({ at: 0, code, text: "", who: "Anna", seconds: 4, cause: "" }, catalogue(language));
    return PASSED_OVER.has(code) ? "passed over" : words;
  });
});

test("every cause, choice and announcement on the way has words in every language", () => {
  const step = (code: string, cause: string, language: Language) =>
    pathWords({ at: 0, code, text: "", who: "Anna", seconds: 4, cause }, catalogue(language));
  const beyond = (code: string) => (cause: string, language: Language) => {
    const words = step(code, cause, language);
    const raw = words.endsWith(` ${cause}`) && language !== "en";
    return raw || words === step(code, "", language) ? "" : words;
  };
  everyCode("cause", beyond("rang"));
  everyCode("told", beyond("told"));
  for (const language of LANGUAGES) {
    for (const choice of codes("choice")) assert.ok(step("chose", choice, language).length > 5);
    assert.equal(step("chose", "nothing", language), catalogue(language).path_chose(""));
    assert.equal(
      step("chose", "colleague", language),
      catalogue(language).path_chose(catalogue(language).choice_colleague),
    );
  }
});

test("every state of a call and a leg, and every reason to be away, has words in every language", () => {
  const known = (words: string, code: string, language: Language) => (words === code && language !== "en" ? "" : words);
  everyCode("state", (code, language) => known(callStateWords(code as CallState, catalogue(language)), code, language));
  everyCode("leg", (code, language) => legWords({ ...anna, state: code as LegState }, catalogue(language)));
  everyCode("absence", (code, language) => absenceReason(code, catalogue(language)));
});

test("a call that came back from hold says so", () => {
  const reason = { code: "handed_over", clause: "", text: "", person: "" };
  assert.equal(reasonWords(reason, t), "Was on hold, and nobody took it up");
});

test("where the policy counts rings, rings are told", () => {
  const reason = { code: "no_answer", clause: "SOL-2", text: "", person: "Anna", seconds: 30.02, rings: 5 };
  assert.equal(reasonWords(reason, t), "Anna didn't answer in 5 rings");
  assert.equal(reasonWords({ ...reason, rings: 1 }, t), "Anna didn't answer in one ring");
  assert.equal(reasonWords({ ...reason, rings: null }, t), "Anna didn't answer in 30 s");
});

test("a reason that is new to this page is told in the hub's words", () => {
  assert.equal(
    reasonWords({ code: "brand_new", clause: "", text: "The library is closed", person: "" }, t),
    "The library is closed",
  );
});

test("how long it rang where nobody answered", () => {
  const reason = { code: "no_answer", clause: "", text: "", person: "Anna", seconds: 24.6 };
  assert.equal(reasonWords(reason, t), "Anna didn't answer in 25 s");
  assert.equal(
    pathWords({ at: 0, code: "rang", text: "", who: "Bo", seconds: 4.4, cause: "busy" }, t),
    "Rang Bo 4 s: busy",
  );
});

test("a refusal names who has the call, by id or by name", () => {
  const error = (by: string) => new CommandError({ code: "taken", by });
  assert.equal(errorWords(error("liv"), state(), t), "Liv Mo has taken the call.");
  assert.equal(errorWords(error("Liv Mo"), state(), t), "Liv Mo has taken the call.");
  assert.equal(errorWords(error(""), state(), t), "Another operator has taken the call.");
});

test("a telephone that isn't there is named as the cause", () => {
  const without = { ...state(), operators: { eva: operator("eva", { phone_registered: false }) } };
  assert.equal(errorWords(new CommandError({ code: "unavailable" }), without, t), t.error_no_phone);
  assert.equal(errorWords(new CommandError({ code: "unavailable" }), state(), t), t.error_unavailable);
});

test("a first snapshot is no news", () => {
  assert.deepEqual(said(empty, state(call("a", { offered_to: ["eva"] }))), []);
});

test("an offered call is announced once, at once", () => {
  const before = state(call("a"));
  const after = state(call("a", { offered_to: ["eva"] }));
  assert.deepEqual(announcements(before, after, t), [{ text: "Call. Tana. +46 980 31 92 01", urgent: true }]);
  assert.deepEqual(said(after, { ...after, n: 5 }), []);
});

test("calls that are offered to others are not announced", () => {
  assert.deepEqual(said(state(), state(call("a", { offered_to: ["liv"] }), call("b"))), []);
});

test("the steps of a consultation are told in order", () => {
  const talk = state(call("a", { state: "connected", operator: "eva" }));
  const asked = state(call("a", { state: "consulting", operator: "eva", legs: [anna] }));
  const answered = state(call("a", { state: "consulting", operator: "eva", legs: [{ ...anna, state: "up" }] }));
  const joined = state(call("a", { state: "connected", legs: [{ ...anna, state: "up" }] }));
  assert.deepEqual(said(talk, asked), ["Ringing Anna"]);
  assert.deepEqual(said(asked, answered), ["Anna answers"]);
  assert.deepEqual(said(answered, joined), ["Connected with Anna"]);
});

test("whom a transfer rings is told, and that it isn't whom she meant", () => {
  const talk = state(call("a", { state: "connected", operator: "eva" }));
  const bo: Leg = { ...anna, party: "p2", name: "Bo" };
  const rings = (leg: Leg) => state(call("a", { state: "transferring", operator: "eva", legs: [leg] }));
  const meant = { call: "a", person: "p1", name: "Anna" };
  const words = (leg: Leg) => announcements(talk, rings(leg), t, "short", meant).map((one) => one.text);
  assert.deepEqual(said(talk, rings(anna)), ["Transferring to Anna"]);
  assert.deepEqual(words(anna), ["Transferring to Anna"]);
  assert.deepEqual(words(bo), ["Calls for Anna go elsewhere, as the unit wants. Transferring to Bo"]);
  assert.deepEqual(said(rings(anna), rings({ ...anna, state: "up" })), [], "once");
});

test("a number that I ring is told", () => {
  const out = call("a", { state: "dialling", direction: "out", operator: "eva" });
  assert.deepEqual(said(state(), state(out)), ["Ringing +46 980 31 92 01"]);
});

test("in full, and again at a key, the welcome phrase is said in its own language", () => {
  const offered = state(call("a", { offered_to: ["eva"] }));
  const quote = { text: "Velkommen", language: "nb" };
  const [full] = announcements(state(), offered, t, "full");
  assert.deepEqual(full?.quote, quote);
  assert.equal(announcements(state(), offered, t, "short")[0]?.quote, undefined);
  assert.deepEqual(repeated(offered, t), { text: "Tana. +46 980 31 92 01. Main number", quote, urgent: false });
  const asked = state(call("a", { state: "consulting", operator: "eva", legs: [anna] }));
  assert.equal(repeated(asked, t)?.text, "Tana. +46 980 31 92 01. Main number. Anna rings");
  assert.equal(repeated(state(), t), null);
});

test("how long somebody waits is said in words", () => {
  assert.equal(spokenDuration(59, t), "59 seconds");
  assert.equal(spokenDuration(125.9, t), "2 min 5 s");
});

test("a telephone that the call has let go is no partner", () => {
  const asked = state(call("a", { state: "consulting", operator: "eva", legs: [{ ...anna, released: true }] }));
  const back = state(call("a", { state: "connected", operator: "eva" }));
  assert.deepEqual(said(asked, back), ["Back with +46 980 31 92 01"]);
});

test("the end of my call is told, another's isn't", () => {
  const mine = call("a", { state: "connected", operator: "eva" });
  const hers = call("b", { state: "connected", operator: "liv" });
  assert.deepEqual(said(state(mine, hers), state(hers)), ["Call ended"]);
  assert.deepEqual(said(state(hers), state()), []);
});

test("a phone answers by itself when the engine asks for it", () => {
  const header = (name: string, value: string) => (asked: string) => (asked === name ? value : undefined);
  assert.ok(asksForAnswer(header("Call-Info", "<sip:localhost>;answer-after=0")));
  assert.ok(asksForAnswer(header("Alert-Info", "<http://localhost>;info=alert-autoanswer")));
  assert.ok(!asksForAnswer(header("Call-Info", "<sip:localhost>;answer-after=05")));
  assert.ok(!asksForAnswer(() => undefined));
});

test("who is away is told with when she is back", () => {
  const reason = { code: "absent_unreferred", clause: "GNO-3", text: "", person: "Anna", until: null };
  assert.equal(reasonWords(reason, catalogue("en")), "Anna is away, no referral given");
  const until = new Date(2099, 11, 8, 13, 0).getTime() / 1000;
  assert.equal(
    reasonWords({ ...reason, code: "absent", until }, catalogue("sv")),
    "Anna är borta till 8/12 13:00, hänvisad hit",
  );
});
