// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What a supervisor sees: how much there is to do where, every call, every operator; and what she may do about it. */

import { useSignal } from "@preact/signals";

import { useApp } from "../app.ts";
import { waitedFrom } from "../calls.ts";
import { clock, duration } from "../format.ts";
import type { Catalogue } from "../i18n/catalogue.ts";
import type { Call, Operator } from "../protocol.ts";
import {
  callStateWords,
  callsToSteer,
  holderOf,
  listenObstacle,
  type Load,
  loads,
  mayTakeOver,
  operatorsToSteer,
  served,
} from "../steering.ts";
import { callerOf, operatorWords, organisationOf, reasonWords } from "../words.ts";
import { type Choosable, Chooser, useChoice } from "./chooser.tsx";
import { onSendKey, quiet } from "./fields.tsx";
import { colourOf, Modal } from "./parts.tsx";

export function Supervise() {
  const { state, t } = useApp();
  const calls = callsToSteer(state.value);
  const operators = operatorsToSteer(state.value);
  return (
    <section class="supervise" aria-label={t.supervision}>
      <Loads />
      <div class="steer">
        <CallsToSteer calls={calls} />
        <OperatorsToSteer operators={operators} />
      </div>
    </section>
  );
}

function Loads() {
  const { now, state, t } = useApp();
  const heads = [t.municipalities, t.load_waiting, t.load_longest, t.load_talking, t.load_ready, t.load_on, ""];
  return (
    <table class="ds-table loads" data-color="neutral">
      <caption class="ds-sr-only">{t.municipalities}</caption>
      <thead>
        <tr>
          {heads.map((head) =>
            head === "" ? (
              <td key="do" />
            ) : (
              <th key={head} scope="col">
                {head}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {loads(state.value, now.value).map((load) => (
          <LoadRow key={load.organisation.id} load={load} />
        ))}
      </tbody>
    </table>
  );
}

function LoadRow({ load }: { readonly load: Load }) {
  const { state, supervision, t } = useApp();
  const { organisation } = load;
  const surge = organisation.surge ?? null;
  return (
    <tr
      data-color={colourOf(organisation.id, Object.keys(state.value.organisations))}
      data-strained={load.free === 0 && load.waiting > 0}
    >
      <th scope="row">{organisation.name}</th>
      <td class="number" data-head={t.load_waiting}>
        {load.waiting}
      </td>
      <td class="number" data-head={t.load_longest}>
        {load.waiting > 0 ? duration(load.longest) : "–"}
      </td>
      <td class="number" data-head={t.load_talking}>
        {load.talking}
      </td>
      <td class="number" data-head={t.load_ready}>
        {load.free}
      </td>
      <td class="number" data-head={t.load_on}>
        {load.on}
      </td>
      <td>
        <div class="actions">
          {surge !== null && <span class="ds-tag">{t.surge_on(clock(surge.since))}</span>}
          <Do
            about={organisation.name}
            onClick={() => void supervision.turnSurge({ id: organisation.id, on: surge !== null })}
          >
            {surge === null ? t.surge : t.surge_end}
          </Do>
          <Do about={organisation.name} onClick={() => (supervision.announcing.value = organisation.id)}>
            {t.announce}
          </Do>
        </div>
      </td>
    </tr>
  );
}

function CallsToSteer({ calls }: { readonly calls: readonly Call[] }) {
  const app = useApp();
  const { t } = app;
  const choice = useChoice(calls);
  return (
    <Chooser
      id="steer-calls"
      title={t.all_calls}
      none={t.no_calls}
      items={calls.map((one) => choosableCall(one, app))}
      choice={choice}
    >
      {choice.one !== null && <CallActions key={choice.one.id} call={choice.one} />}
    </Chooser>
  );
}

/** Who first: in forty cells of braille the rest may not be read any more. */
function choosableCall(call: Call, app: ReturnType<typeof useApp>): Choosable {
  const state = app.state.value;
  const holder = state.operators[holderOf(call)]?.name ?? "";
  const since = call.state === "waiting" ? waitedFrom(call) : call.since;
  return {
    id: call.id,
    colour: colourOf(call.organisation, Object.keys(state.organisations)),
    first: callerOf(call, state, app.t),
    second: doing(call, holder, app.t),
    third: [organisationOf(call, state), reasonWords(call.reason, app.t)].join(" · "),
    time: duration(app.now.value - since),
  };
}

function doing(call: Call, holder: string, t: Catalogue): string {
  if (call.state === "connected" && holder !== "") return t.talks_with(holder);
  return [callStateWords(call.state, t), holder && t.with_operator(holder)].filter(Boolean).join(" ");
}

function CallActions({ call }: { readonly call: Call }) {
  const { state, supervision, t } = useApp();
  const who = callerOf(call, state.value, t);
  const obstacle = listenObstacle(call, state.value);
  const listening = supervision.listening.value?.id === call.id;
  return (
    <div class="actions">
      {mayTakeOver(call, state.value) && (
        <Do about={who} onClick={() => void supervision.takeOver(call.id)}>
          {t.take_over}
        </Do>
      )}
      {/* One button, so that the focus stays on it. */}
      {(listening || obstacle === "") && (
        <Do
          about={listening ? undefined : who}
          onClick={() => void (listening ? supervision.stopListening(call.id) : supervision.listen(call.id))}
        >
          {listening ? t.stop_listening : t.listen}
        </Do>
      )}
      {obstacle === "forbidden" && <p class="field-note">{t.listen_forbidden}</p>}
      {obstacle === "unannounced" && <p class="field-note">{t.listen_unannounced}</p>}
    </div>
  );
}

function OperatorsToSteer({ operators }: { readonly operators: readonly Operator[] }) {
  const app = useApp();
  const { now, state, t } = app;
  const choice = useChoice(operators);
  const names = (one: Operator) => served(one).map((id) => state.value.organisations[id]?.name ?? id);
  return (
    <Chooser
      id="steer-operators"
      title={t.all_operators}
      none=""
      items={operators.map((one) => ({
        id: one.id,
        first: one.name,
        second: operatorWords(one, t),
        third: [names(one).join(", "), one.calls_today === undefined ? "" : t.calls_today(one.calls_today)]
          .filter(Boolean)
          .join(" · "),
        time: one.state === "off" ? "" : duration(now.value - one.since),
      }))}
      choice={choice}
    >
      {choice.one !== null && <Assign key={choice.one.id} operator={choice.one} />}
    </Chooser>
  );
}

function Assign({ operator }: { readonly operator: Operator }) {
  const { state, supervision, t } = useApp();
  const wanted = useSignal<readonly string[] | null>(null);
  const now = wanted.value ?? supervision.served(operator.id);
  if (operator.state === "off" || supervision.mine.value.length < 2) return null;
  const turn = (id: string, on: boolean) => (wanted.value = on ? [...now, id] : now.filter((one) => one !== id));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void supervision.assign(operator.id, now).then((done) => {
          if (done) wanted.value = null;
        });
      }}
    >
      <fieldset class="setting">
        <legend>
          {t.serves} <span class="field-help">{t.assign_help}</span>
        </legend>
        {supervision.mine.value.map((id) => (
          <label key={id} class="check">
            <input
              type="checkbox"
              class="ds-input"
              checked={now.includes(id)}
              onChange={(event) => turn(id, event.currentTarget.checked)}
            />
            {state.value.organisations[id]?.name ?? id}
          </label>
        ))}
        <button type="submit" class="ds-button" data-variant="secondary">
          {t.assign}
        </button>
      </fieldset>
    </form>
  );
}

export function Announcement() {
  const { supervision, state, t } = useApp();
  const where = supervision.announcing.value;
  const name = state.value.organisations[where]?.name ?? where;
  return (
    <Modal
      open={where !== ""}
      title={`${t.announce}: ${name}`}
      close={t.close}
      onClose={() => (supervision.announcing.value = "")}
    >
      <AnnouncementForm />
      <CallersHear organisation={where} />
    </Modal>
  );
}

/** The arrows only walk: what they choose otherwise, every caller on the way would hear. Space chooses. */
function walk(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (by === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const radios = [...(event.currentTarget as HTMLElement).querySelectorAll("input")];
  radios[radios.findIndex((one) => one === document.activeElement) + by]?.focus();
}

function CallersHear({ organisation }: { readonly organisation: string }) {
  const { supervision, state, t } = useApp();
  const now = state.value.organisations[organisation]?.callers_hear ?? "";
  const words: Readonly<Record<string, string>> = {
    "": t.callers_hear_nothing,
    "told-busy": t.callers_hear_busy,
    "told-fault": t.callers_hear_fault,
    "told-event": t.callers_hear_event,
  };
  return (
    <fieldset class="setting" onKeyDown={walk}>
      <legend class="help-part">{t.callers_hear}</legend>
      {Object.entries(words).map(([prompt, text]) => (
        <label key={prompt} class="check">
          <input
            type="radio"
            class="ds-input"
            name="callers-hear"
            checked={now === prompt}
            onChange={(event) => {
              // The choice shows what the hub says, not what was asked for.
              event.currentTarget.checked = now === prompt;
              void supervision.tellCallers(organisation, prompt);
            }}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}

function AnnouncementForm() {
  const { supervision, t } = useApp();
  const where = supervision.announcing.value;
  const text = supervision.announcement.value ?? "";
  const send = () => {
    if (text.trim() !== "") void supervision.announce(where, text.trim());
  };
  return (
    <form class="panel-form" onKeyDown={onSendKey(send)} onSubmit={quiet(send)}>
      <div class="ds-field">
        <label class="ds-label" for="announcement">
          {t.announce_what}
        </label>
        <textarea
          id="announcement"
          class="ds-input"
          rows={3}
          maxLength={500}
          autofocus
          required
          value={text}
          onInput={(event) => (supervision.announcement.value = event.currentTarget.value || null)}
        />
      </div>
      <button type="submit" class="ds-button" data-variant="primary" aria-keyshortcuts="Control+Enter">
        {t.send}
      </button>
    </form>
  );
}

interface DoProps {
  readonly about?: string | undefined;
  readonly onClick: () => void;
  readonly children: string;
}

function Do({ about, onClick, children }: DoProps) {
  return (
    <button type="button" class="ds-button" data-variant="secondary" data-color="accent" onClick={onClick}>
      <span>
        {children}
        {about !== undefined && <span class="ds-sr-only"> {about}</span>}
      </span>
    </button>
  );
}
