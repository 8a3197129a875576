// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The calls of all operators: who waits, who is held, who is parked; and the colleagues. */

import type { ComponentChildren } from "preact";

import { useApp } from "../app.ts";
import { waitedFrom } from "../calls.ts";
import { duration } from "../format.ts";
import type { Call } from "../protocol.ts";
import { callerOf, operatorWords, organisationOf, reasonWords } from "../words.ts";
import { NoticeList } from "./notices.tsx";
import { colourOf, KeyButton } from "./parts.tsx";

export function Lists() {
  const { t } = useApp();
  return (
    <section class="lists" aria-label={t.calls}>
      <Queue />
      <Held />
      <Parked />
      <NoticeList />
      <Colleagues />
      <ProofLamp />
    </section>
  );
}

/** Whether every call to those I serve is proved to end well. Nothing before the first proof. */
function ProofLamp() {
  const { proofs, t } = useApp();
  const known = proofs.value.filter((proof) => proof.proved !== null);
  if (known.length === 0) return null;
  const proved = known.every((proof) => proof.proved);
  return (
    <a
      class="ds-link lamp"
      data-on={proved}
      href="/proof"
      target="_blank"
      rel="noopener"
      title={proved ? t.proved_help : t.unproved_help}
    >
      {proved ? t.proved : t.unproved}
    </a>
  );
}

function Queue() {
  const app = useApp();
  const { t } = app;
  const { waiting, offered, mine } = app.board.value;
  const first = offered[0] ?? waiting[0];
  return (
    <List id="queue" title={t.queue} count={waiting.length} none={t.nobody_waits}>
      {waiting.map((call) => {
        const forMe = offered.includes(call);
        const others = call.offered_to.filter((id) => id !== app.state.value.me).map((id) => nameOf(app, id));
        const whose = forMe ? t.offered_to_me : others.length > 0 ? t.offered_to(others.join(", ")) : "";
        return (
          <Row key={call.id} call={call} from={waitedFrom(call)} offered={forMe} whose={whose}>
            {mine === null && (
              <KeyButton
                {...(call === first ? ({ action: "main" } as const) : {})}
                primary={forMe}
                about={`${organisationOf(call, app.state.value)}, ${callerOf(call, app.state.value, t)}`}
                onClick={() => void app.work.answer(call.id)}
              >
                {t.answer}
              </KeyButton>
            )}
          </Row>
        );
      })}
    </List>
  );
}

function Held() {
  const app = useApp();
  const { t } = app;
  const { held, mine } = app.board.value;
  const me = app.state.value.me;
  const own = held.filter((call) => (call.held_by || call.operator) === me);
  return (
    <List id="held" title={t.held} count={held.length} none={t.none_held}>
      {held.map((call) => {
        const by = call.held_by || call.operator;
        return (
          <Row key={call.id} call={call} from={call.since} whose={by === me ? t.mine : t.held_by(nameOf(app, by))}>
            {mine === null && by === me && (
              <KeyButton
                {...(call === own.at(-1) ? ({ action: "hold" } as const) : {})}
                about={callerOf(call, app.state.value, t)}
                onClick={() => void app.work.resume(call.id)}
              >
                {t.resume}
              </KeyButton>
            )}
          </Row>
        );
      })}
    </List>
  );
}

function Parked() {
  const app = useApp();
  const { t } = app;
  const { parked, mine } = app.board.value;
  const me = app.state.value.me;
  return (
    <List id="parked" title={t.parked} count={parked.length} none={t.none_parked}>
      {parked.map((call, index) => (
        <Row
          key={call.id}
          call={call}
          from={call.since}
          whose={call.parked_by === me ? t.mine : t.parked_by(nameOf(app, call.parked_by))}
        >
          {mine === null && (
            <KeyButton
              {...(index === 0 ? ({ action: "park" } as const) : {})}
              about={callerOf(call, app.state.value, t)}
              onClick={() => void app.work.fetch(call.id)}
            >
              {t.fetch}
            </KeyButton>
          )}
        </Row>
      ))}
    </List>
  );
}

function Colleagues() {
  const app = useApp();
  const { t } = app;
  const { me, operators } = app.state.value;
  const others = Object.values(operators)
    .filter((operator) => operator.id !== me)
    .sort((a, b) => Number(a.state === "off") - Number(b.state === "off") || a.name.localeCompare(b.name));
  return (
    <List id="colleagues" title={t.colleagues} count={others.filter((one) => one.state !== "off").length} none="">
      {others.map((operator) => (
        <li key={operator.id} class="colleague" data-state={operator.state}>
          <span>{operator.name}</span>{" "}
          <span class="colleague-state">
            {operatorWords(operator, t)}
            {operator.state !== "off" && <time> {duration(app.now.value - operator.since)}</time>}
          </span>
        </li>
      ))}
    </List>
  );
}

function nameOf(app: ReturnType<typeof useApp>, id: string): string {
  return app.state.value.operators[id]?.name ?? id;
}

interface ListProps {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly none: string;
  readonly children: ComponentChildren[];
}

function List({ id, title, count, none, children }: ListProps) {
  return (
    <section class={`list list-${id}`} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} class="list-title">
        {title} <span class="count">{count}</span>
      </h2>
      {children.length === 0 ? none !== "" && <p class="none">{none}</p> : <ul>{children}</ul>}
    </section>
  );
}

interface RowProps {
  readonly call: Call;
  readonly from: number;
  readonly whose: string;
  readonly offered?: boolean;
  readonly children: ComponentChildren;
}

function Row({ call, from, whose, offered, children }: RowProps) {
  const app = useApp();
  const state = app.state.value;
  return (
    <li class="row" data-color={colourOf(call.organisation, Object.keys(state.organisations))} data-offered={offered}>
      <p class="row-head">
        <span class="row-organisation">{organisationOf(call, state)}</span>
        <time class="row-time">{duration(app.now.value - from)}</time>
      </p>
      <p class="row-who">{callerOf(call, state, app.t)}</p>
      <p class="row-why">{reasonWords(call.reason, app.t)}</p>
      {whose !== "" && <p class="row-whose">{whose}</p>}
      {children}
    </li>
  );
}
