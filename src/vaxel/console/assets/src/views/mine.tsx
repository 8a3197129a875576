// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The middle: the call that I am in or am offered, what may be done with it, and what I write about it. */

import { useApp } from "../app.ts";
import { allowed, holder, other, talkedFrom, waitedFrom } from "../calls.ts";
import { duration } from "../format.ts";
import type { Call } from "../protocol.ts";
import { callerOf, legName, legWords, numberOf, organisationOf, reasonWords } from "../words.ts";
import { AbsenceForm } from "./absence.tsx";
import { AloneCard } from "./alone.tsx";
import { Beside, KeepShort } from "./beside.tsx";
import { MessageForm, NoteForm } from "./forms.tsx";
import { Touching } from "./notices.tsx";
import { colourOf, KeyButton } from "./parts.tsx";
import { PromiseForm } from "./promise.tsx";
import { Way } from "./way.tsx";

export function Mine() {
  const app = useApp();
  const { mine, offered } = app.board.value;
  const alone = app.alone.call.value;
  const shown = mine ?? offered[0] ?? null;
  return (
    <section class="mine" aria-labelledby="mine-title">
      <h2 id="mine-title" class="ds-sr-only">
        {app.t.my_call}
      </h2>
      {alone !== null ? (
        <AloneCard call={alone} />
      ) : shown === null ? (
        <Idle />
      ) : (
        <CallCard call={shown} offered={mine === null} />
      )}
      <MyHeld />
      {(alone !== null || shown === null) && <Touching />}
      <NoteForm />
      <MessageForm />
      <PromiseForm />
      <AbsenceForm />
    </section>
  );
}

function Idle() {
  const app = useApp();
  const { t } = app;
  const state = app.me.value?.state ?? "";
  const waiting = app.board.value.waiting.length;
  const away = state === "off" ? t.off_now : state === "paused" ? t.paused_now : "";
  return (
    <div class="idle">
      <p class="idle-title">{t.no_call}</p>
      <p>{waiting === 0 ? t.nobody_waits : t.waiting_count(waiting)}</p>
      {away !== "" && <p>{away}</p>}
      {away !== "" && (
        <KeyButton action="pause" primary onClick={() => void app.duty.ready()}>
          {state === "off" ? t.log_on : t.ready}
        </KeyButton>
      )}
      {away === "" && waiting > 0 && (
        <KeyButton action="main" primary onClick={() => void app.work.main()}>
          {t.answer_next}
        </KeyButton>
      )}
    </div>
  );
}

/** The callers whom I hold: the hold key takes them back, a colleague can have them. */
function MyHeld() {
  const app = useApp();
  const { board, duty, t } = app;
  const state = app.state.value;
  const held = board.value.held.filter((call) => holder(call) === state.me);
  if (held.length === 0) return null;
  return (
    <div class="my-held">
      <p id="my-held">{t.my_held}</p>
      <ul aria-labelledby="my-held">
        {held.map((call) => (
          <li key={call.id}>
            <span>
              <strong>{callerOf(call, state, t)}</strong>, {organisationOf(call, state)}
            </span>{" "}
            <button
              type="button"
              class="ds-button"
              data-variant="secondary"
              onClick={() => (duty.leaving.value = { from: "call", call: call.id })}
            >
              {t.hand_one_over} <span class="ds-sr-only">{callerOf(call, state, t)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function CallCard({ call, offered }: { readonly call: Call; readonly offered: boolean }) {
  const app = useApp();
  const { t } = app;
  const state = app.state.value;
  const organisation = state.organisations[call.organisation];
  const home = organisationOf(call, state);
  const { messages, promises, absences } = app;
  const writing = [messages.draft, messages.note, promises.draft, absences.draft].some((one) => one.value !== null);
  return (
    <article
      class="call"
      data-color={colourOf(call.organisation, Object.keys(state.organisations))}
      data-offered={offered}
      lang={app.boot.language}
    >
      <p class="call-head">
        <span class="call-organisation">{home}</span>
        {offered && <span class="ds-tag call-new">{t.new_call}</span>}
      </p>
      {call.direction !== "out" && organisation !== undefined && !writing && (
        <p class="welcome" lang={organisation.language}>
          {organisation.welcome_phrase}
        </p>
      )}
      <Facts call={call} offered={offered} />
      <Partner call={call} />
      <Actions call={call} offered={offered} />
      {/* While she writes, the form needs the room. */}
      <KeepShort call={call} />
      {!writing && <Beside call={call} caller={app.beside.caller} />}
      {!writing && <Touching />}
      {!writing && <Way call={call} />}
    </article>
  );
}

function Facts({ call, offered }: { readonly call: Call; readonly offered: boolean }) {
  const app = useApp();
  const { t } = app;
  const state = app.state.value;
  const number = numberOf(call, state);
  const from = talkedFrom(call);
  return (
    <dl class="facts">
      <div class="fact-caller">
        <dt>{call.direction === "out" ? t.called : t.caller}</dt>
        <dd>
          <span class="caller-name">{call.caller.name || number || t.unknown_caller}</span>
          {call.caller.name !== "" && number !== "" && <span class="caller-number"> {number}</span>}
          {call.caller.internal && <span class="caller-number"> · {t.internal}</span>}
        </dd>
      </div>
      {call.direction !== "out" && (
        <div>
          <dt>{offered ? t.waits : t.waited}</dt>
          <dd class="number">
            <time>{duration((offered ? app.now.value : from) - waitedFrom(call))}</time>
          </dd>
        </div>
      )}
      {!offered && (
        <div>
          <dt>{t.in_call}</dt>
          <dd class="number">
            <time>{duration(app.now.value - from)}</time>
          </dd>
        </div>
      )}
      <div class="fact-reason">
        <dt>{t.why_here}</dt>
        <dd>
          {reasonWords(call.reason, t)}
          {call.reason.clause !== "" && <span class="ds-tag clause">{call.reason.clause}</span>}
        </dd>
      </div>
    </dl>
  );
}

/** Whom I consult or connect to, and how that goes. */
function Partner({ call }: { readonly call: Call }) {
  const app = useApp();
  const { t } = app;
  const party = call.state === "consulting" || call.state === "transferring" ? other(call) : null;
  if (party === null) return null;
  return (
    <p class="partner" data-state={party.state}>
      <strong>{legName(party, call, app.state.value, t)}</strong> {legWords(party, t)}
      <span class="partner-caller"> · {t.caller_waits}</span>
    </p>
  );
}

function Actions({ call, offered }: { readonly call: Call; readonly offered: boolean }) {
  const app = useApp();
  const { t } = app;
  const can = offered ? [] : allowed(call);
  const { muted } = app.telephone.state.value;
  const talking = app.telephone.state.value.session === "talking";
  return (
    <div class="actions">
      {offered && (
        <KeyButton action="main" primary own onClick={() => void app.work.answer(call.id)}>
          {t.answer}
        </KeyButton>
      )}
      {can.includes("complete") && (
        <KeyButton action="main" primary onClick={() => void app.work.main()}>
          {t.complete}
        </KeyButton>
      )}
      {can.includes("return") && (
        <KeyButton action="end" onClick={() => void app.work.end()}>
          {call.state === "transferring" ? t.call_back_transfer : t.return}
        </KeyButton>
      )}
      {can.includes("hold") && (
        <KeyButton action="hold" onClick={() => void app.work.hold()}>
          {t.hold}
        </KeyButton>
      )}
      {can.includes("park") && (
        <KeyButton action="park" onClick={() => void app.work.park()}>
          {t.park}
        </KeyButton>
      )}
      {!offered && (
        <KeyButton action="note" onClick={() => app.messages.beginNote()}>
          {t.note}
        </KeyButton>
      )}
      {!offered && (
        <KeyButton action="promise" onClick={() => void app.promises.begin()}>
          {t.promise}
        </KeyButton>
      )}
      {!offered && talking && (
        <KeyButton action="mute" primary={muted} onClick={() => app.turnMute()}>
          {muted ? t.unmute : t.mute}
        </KeyButton>
      )}
      {can.includes("hangup") && (
        <KeyButton action="end" danger onClick={() => void app.work.end()}>
          {t.end}
        </KeyButton>
      )}
    </div>
  );
}
