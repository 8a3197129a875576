// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Going away: the question for a pause's reason and who relieves, and who takes over the calls that would be left behind. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import { useApp } from "../app.ts";
import type { Operator } from "../protocol.ts";
import { loads } from "../steering.ts";
import { callerOf, operatorWords, organisationOf, PAUSE_REASONS, pauseWords } from "../words.ts";
import { numbered, onSendKey, quiet, useDigits } from "./fields.tsx";
import { Modal } from "./parts.tsx";

export function PauseQuestion() {
  const { duty, t } = useApp();
  return (
    <Modal
      open={duty.pauseOpen.value}
      title={t.pause_title}
      close={t.close}
      onClose={() => (duty.pauseOpen.value = false)}
    >
      <Reasons />
    </Modal>
  );
}

/** One key, mostly; where somebody else must be there and the hub doesn't know who, it asks. */
function Reasons() {
  const { duty, t } = useApp();
  if (duty.relieving.value !== "") return <Relief reason={duty.relieving.value} />;
  return (
    <Answers
      among={PAUSE_REASONS.map((reason) => ({
        id: reason,
        words: pauseWords(reason, t),
        act: () => void duty.pause(reason),
      }))}
    />
  );
}

interface Answer {
  readonly id: string;
  readonly words: string;
  readonly act: () => void;
}

/** Answers to a question: a digit is one, the arrow keys go through them. */
function Answers({ among }: { readonly among: readonly Answer[] }) {
  const list = useRef<HTMLUListElement>(null);
  // What has been answered goes, and the focus with it.
  useLayoutEffect(() => {
    if (!list.current?.contains(document.activeElement)) list.current?.querySelector("button")?.focus();
  }, [among.length]);
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll("button")];
    const answer = /^\d$/.test(event.key) ? among[Number(event.key) - 1] : undefined;
    if (by === 0 && answer === undefined) return;
    event.preventDefault();
    answer?.act();
    if (by !== 0) buttons[buttons.findIndex((one) => one === document.activeElement) + by]?.focus();
  };
  return (
    <ul ref={list} class="reasons" onKeyDown={press}>
      {among.map(({ id, words, act }, index) => (
        <li key={id}>
          <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            data-fullwidth
            autofocus={index === 0}
            aria-keyshortcuts={String(index + 1)}
            onClick={act}
          >
            {words}
            <kbd aria-hidden="true" class="keys">
              {index + 1}
            </kbd>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Reinforcement is called for: does she come (FAL-18)? It goes away with the last that is answered. */
export function SurgeQuestion() {
  const { me, supervision, t } = useApp();
  const asked = me.value?.asked ?? [];
  const several = asked.length > 1;
  const about = (words: string, name: string) => (several ? `${words}: ${name}` : words);
  return (
    <Modal
      open={supervision.answering.value && asked.length > 0}
      title={t.surge_asked(asked.map((one) => one.name).join(", "))}
      close={t.close}
      onClose={() => (supervision.answering.value = false)}
    >
      <Answers
        among={asked.flatMap(({ organisation, name }) => [
          {
            id: `join ${organisation}`,
            words: about(t.surge_join, name),
            act: () => void supervision.answerSurge(organisation, true),
          },
          {
            id: `decline ${organisation}`,
            words: about(t.surge_decline, name),
            act: () => void supervision.answerSurge(organisation, false),
          },
        ])}
      />
    </Modal>
  );
}

/** Who supervises several municipalities says for which reinforcements are called in; the most pressed stands first. */
export function ReinforceQuestion() {
  const { now, state, supervision, t } = useApp();
  const known = loads(state.value, now.value);
  const choices = supervision.reinforcing.value.flatMap(({ id, on }) =>
    known.filter((one) => one.organisation.id === id).map((one) => ({ ...one, on })),
  );
  return (
    <Modal
      open={choices.length > 0}
      title={t.surge_where}
      close={t.close}
      onClose={() => (supervision.reinforcing.value = [])}
    >
      <Answers
        among={choices.map(({ organisation: { id, name }, waiting, on }) => ({
          id,
          words: [name, on ? t.surge_end : waiting > 0 && t.waiting_count(waiting)].filter(Boolean).join(": "),
          act: () => void supervision.reinforceOne({ id, on }),
        }))}
      />
    </Modal>
  );
}

function Relief({ reason }: { readonly reason: string }) {
  const { duty, t } = useApp();
  const takers = duty.takers.value;
  const chosen = useSignal(takers[0]?.id ?? "");
  const go = () => duty.pause(reason, chosen.value);
  return (
    <form class="panel-form" onKeyDown={onSendKey(go)} onSubmit={quiet(go)}>
      <p class="field-note" id="relief-help">
        {takers.length === 0 ? t.nobody_to_relieve : t.relief_needed}
      </p>
      <Choice
        id="relief"
        label={t.relieved_by}
        help="relief-help"
        among={takers}
        none={t.relieved_by_nobody}
        value={chosen.value}
        onChange={(id) => (chosen.value = id)}
      />
      <button type="submit" class="ds-button" data-variant="primary">
        {t.go_on_pause(pauseWords(reason, t))}
      </button>
    </form>
  );
}

/** Nobody's call is left behind by somebody who goes home. */
export function LeavingQuestion() {
  const { duty, t } = useApp();
  return (
    <Modal
      open={duty.leaving.value !== null}
      title={duty.leaving.value?.from === "call" ? t.hand_one_over : t.left_title}
      close={t.close}
      onClose={() => (duty.leaving.value = null)}
    >
      <HandOver />
    </Modal>
  );
}

function HandOver() {
  const app = useApp();
  const { duty, t } = app;
  const state = app.state.value;
  const takers = duty.takers.value;
  const chosen = useSignal(takers[0]?.id ?? "");
  const from = duty.leaving.value?.from ?? "queue";
  const go = async () => {
    if (chosen.value !== "") await duty.handOver(chosen.value);
  };
  return (
    <form class="panel-form" onKeyDown={onSendKey(go)} onSubmit={quiet(go)}>
      {from !== "call" && <p>{t.left_intro(duty.left.value.length)}</p>}
      <ul class="left">
        {duty.left.value.map((call) => (
          <li key={call.id}>
            {callerOf(call, state, t)}, {organisationOf(call, state)}
          </li>
        ))}
      </ul>
      {takers.length === 0 ? (
        <p>{t.left_nobody}</p>
      ) : (
        <Choice
          id="hand-to"
          label={t.left_to}
          among={takers}
          value={chosen.value}
          onChange={(id) => (chosen.value = id)}
        />
      )}
      <div class="actions">
        {takers.length > 0 && (
          <button type="submit" class="ds-button" data-variant="primary">
            {{ queue: t.hand_over, page: t.hand_over, pause: t.hand_over_and_pause, call: t.hand_one_over }[from]}
          </button>
        )}
        {from !== "call" && (
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => void duty.leaveAnyway()}>
            {from === "pause" ? t.pause_anyway : t.log_off_anyway}
          </button>
        )}
      </div>
    </form>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly among: readonly Operator[];
  /** What choosing nobody is called; without it somebody must be chosen. */
  readonly none?: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function Choice({ id, label, help, among, none, value, onChange }: ChoiceProps) {
  const { t } = useApp();
  const box = useRef<HTMLSelectElement>(null);
  // It may take the place of the button that was pressed.
  useLayoutEffect(() => box.current?.focus(), []);
  return (
    <div class="ds-field">
      <label class="ds-label" for={id}>
        {label}
      </label>
      <select
        ref={box}
        id={id}
        class="ds-input"
        autofocus
        value={value}
        aria-describedby={help}
        onKeyDown={useDigits()}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {among.map((one, index) => (
          <option key={one.id} value={one.id}>
            {numbered(`${one.name}, ${operatorWords(one, t)}`, index)}
          </option>
        ))}
      </select>
    </div>
  );
}
