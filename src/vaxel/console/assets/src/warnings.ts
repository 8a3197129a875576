// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What is shown in a strip is said as well, once, when it begins: a microphone that fails is no use to know of afterwards. */

import { effect, untracked } from "@preact/signals";

import type { App } from "./app.ts";
import { clock } from "./format.ts";
import type { Catalogue } from "./i18n/catalogue.ts";
import { microphoneWords } from "./microphone-words.ts";
import { heldTooLong, overdue, reliefGone } from "./shift.ts";
import { callerOf } from "./words.ts";

/** Why the page hears nothing of calls, and what is done about it. */
export function connectionWords(connection: "lost" | "logged_out" | "forbidden", t: Catalogue): string {
  return { lost: t.connection_lost, logged_out: t.logged_out, forbidden: t.not_operator }[connection];
}

/** Why no call can come to her telephone, "" while it can; of a desk phone only as long as she sits at it. */
export function phoneTrouble({ duty, me, t, telephone }: App): string {
  if (telephone.phone === null || !duty.atThisPage) {
    const desk = me.value;
    const lost = desk !== null && desk.state !== "off" && !desk.phone_registered;
    return lost ? t.desk_phone_lost(desk.phone) : "";
  }
  const { registration } = telephone.state.value;
  if (telephone.tab.value !== "here") return "";
  return registration === "refused" ? t.phone_is_refused : registration === "unregistered" ? t.phone_is_lost : "";
}

function phoneReady({ duty, me, telephone }: App): boolean {
  if (telephone.phone === null || !duty.atThisPage) return me.value?.phone_registered ?? false;
  return telephone.tab.value === "here" && telephone.state.value.registration === "registered";
}

/** Of breaks whose relief is gone (TAN-17): to who is on a break that must be relieved, and to whoever supervises her. */
export function reliefWarnings({ state, t }: App): readonly { readonly away: string; readonly text: string }[] {
  return reliefGone(state.value).map(({ away, missing }) => ({
    away: away.id,
    text: away.id === state.value.me ? t.my_relief_gone(missing) : t.relief_gone(away.name, missing),
  }));
}

/** Of calls that I hold: nobody is held for ever. */
export function heldWarnings({ state, t }: App): readonly { readonly call: string; readonly text: string }[] {
  return heldTooLong(state.value).map((call) => {
    const who = callerOf(call, state.value, t);
    const back = call.returns_at ?? null;
    return { call: call.id, text: back === null ? t.held_at_telephone(who) : t.held_too_long(who, clock(back)) };
  });
}

/** That I listen in, "" when I don't. */
export function listeningWords({ state, supervision, t }: App): string {
  const call = supervision.listening.value;
  if (call === null) return "";
  const who = [state.value.operators[call.operator]?.name, callerOf(call, state.value, t)].filter(Boolean).join(", ");
  return t.listening_to(who);
}

/** That somebody listens to my call, "" when nobody does. */
export function listenedWords({ board, state, t }: App): string {
  const names = (board.value.mine?.listened_by ?? []).map((id) => state.value.operators[id]?.name ?? id);
  return names.length === 0 ? "" : t.listened(names.join(", "));
}

export function speakWarnings(app: App): void {
  const { me, t, telephone } = app;
  const say = (text: string, urgent: boolean) => {
    if (text !== "") untracked(() => app.say(text, urgent));
  };
  effect(() => {
    const here = telephone.phone !== null && telephone.tab.value === "here";
    say(here ? microphoneWords(telephone.trouble.value, t) : "", true);
  });
  once(
    () => phoneTrouble(app),
    (trouble) => {
      if (trouble !== "") say(trouble, true);
      else if (phoneReady(app)) say(t.phone_ready, false);
    },
  );
  effect(() => say(telephone.tab.value === "elsewhere" ? t.tab_elsewhere : "", false));
  once(
    () => (me.value?.asked ?? []).map((one) => one.name).join(", "),
    (names) => say(names === "" ? "" : t.surge_asked(names), true),
  );
  once(
    () => joined(reliefWarnings(app)),
    (text) => say(text, true),
  );
  once(
    () => joined(heldWarnings(app)),
    (text) => {
      say(text, true);
      if (text !== "" && telephone.ringSound.value) void telephone.ring.once();
    },
  );
  once(
    () => (me.value !== null && overdue(me.value, app.now.value) > 0 ? String(me.value.since) : ""),
    (pause) => say(pause === "" ? "" : t.say_overdue, false),
  );
  once(
    () => listeningWords(app),
    // Who has taken the call over instead is told whom she talks with.
    (text) => say(text || (app.board.value.mine === null ? t.listening_ended : ""), false),
  );
  once(
    () => listenedWords(app),
    (text) => say(text || (app.board.value.mine === null ? "" : t.listened_ended), false),
  );
}

function joined(warnings: readonly { readonly text: string }[]): string {
  return warnings.map(({ text }) => text).join(" ");
}

/** Tell `then` of each new value, not of everything that it was made of. */
function once(what: () => string, then: (value: string) => void): void {
  let before = "";
  effect(() => {
    const now = what();
    if (now === before) return;
    before = now;
    untracked(() => then(now));
  });
}
