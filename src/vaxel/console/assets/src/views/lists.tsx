// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The calls of all operators: who waits, who is held, who is parked; and the colleagues. */

import type { ComponentChildren } from "preact";

import { useApp } from "../app.ts";
import { holder, loadOf, waitedFrom } from "../calls.ts";
import { duration } from "../format.ts";
import type { Call, Operator } from "../protocol.ts";
import { callerOf, countWords, languageWords, operatorWords, organisationOf, reasonWords } from "../words.ts";
import { Beside } from "./beside.tsx";
import { NoticeList } from "./notices.tsx";
import { colourOf, KeyButton } from "./parts.tsx";
import { PromisedList } from "./promised.tsx";
import { Way } from "./way.tsx";

export function Lists() {
  const { t } = useApp();
  return (
    <section class="lists" aria-label={t.calls}>
      <Queue />
      <Held />
      <Parked />
      <PromisedList />
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
          <Row key={call.id} call={call} from={waitedFrom(call)} greet offered={forMe} whose={whose}>
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
  const own = held.filter((call) => holder(call) === me);
  return (
    <List id="held" title={t.held} count={held.length} none={t.none_held}>
      {held.map((call) => {
        const by = holder(call);
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
        <Colleague key={operator.id} operator={operator} />
      ))}
    </List>
  );
}

/** What she does, on what call, and how much she has done today. */
function Colleague({ operator }: { readonly operator: Operator }) {
  const app = useApp();
  const { t } = app;
  const state = app.state.value;
  const { talks, held, parked } = loadOf(operator.id, state);
  const load = [
    talks === null ? "" : `${organisationOf(talks, state)}, ${callerOf(talks, state, t)}`,
    held > 0 ? t.held_count(held) : "",
    parked > 0 ? t.parked_count(parked) : "",
    operator.calls_today === undefined ? "" : t.calls_today(operator.calls_today),
  ];
  const words = load.filter(Boolean).join(" · ");
  return (
    <li class="colleague" data-state={operator.state}>
      <span>{operator.name}</span>{" "}
      <span class="colleague-state">
        {operatorWords(operator, t)}
        {operator.state !== "off" && <time> {duration(app.now.value - operator.since)}</time>}
      </span>{" "}
      {words !== "" && <span class="colleague-load">{words}</span>}
    </li>
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
  /** With what it is to be answered. */
  readonly greet?: boolean;
  readonly offered?: boolean;
  readonly children: ComponentChildren;
}

function Row({ call, from, whose, greet, offered, children }: RowProps) {
  const app = useApp();
  const { t } = app;
  const state = app.state.value;
  const organisation = state.organisations[call.organisation];
  const known = countWords(app.callers.counts.value[call.id], t);
  return (
    <li class="row" data-color={colourOf(call.organisation, Object.keys(state.organisations))} data-offered={offered}>
      {/* First for forty cells of braille; the eye has it below the municipality. */}
      <p class="row-who">{callerOf(call, state, t)}</p>
      <p class="row-head">
        <span>
          <span class="row-organisation">{organisationOf(call, state)}</span>{" "}
          {greet && <span class="row-language">{languageWords(organisation, t)}</span>}
        </span>
        <time class="row-time">{duration(app.now.value - from)}</time>
      </p>
      {greet && organisation !== undefined && (
        <p class="row-welcome" lang={organisation.language}>
          {organisation.welcome_phrase}
        </p>
      )}
      <p class="row-why">{reasonWords(call.reason, t)}</p>
      {known !== "" && <p class="row-known">{known}</p>}
      {whose !== "" && <p class="row-whose">{whose}</p>}
      {children}
      <More call={call} />
      <Opened call={call} />
    </li>
  );
}

/** Opens what else is known of the call and its caller, and closes it again. */
function More({ call }: { readonly call: Call }) {
  const app = useApp();
  const { t, callers } = app;
  const open = callers.opened.value === call.id;
  return (
    <button
      type="button"
      class="ds-button row-open"
      data-variant="tertiary"
      aria-expanded={open}
      aria-controls={open ? `row-${call.id}` : undefined}
      onClick={() => callers.turn(call.id)}
    >
      {t.more} <span class="ds-sr-only">{callerOf(call, app.state.value, t)}</span>
    </button>
  );
}

function Opened({ call }: { readonly call: Call }) {
  const { callers } = useApp();
  if (callers.opened.value !== call.id) return null;
  return (
    <div class="row-more" id={`row-${call.id}`}>
      <Beside call={call} caller={callers.caller} />
      <Way call={call} />
    </div>
  );
}
