// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The card of whom the search has chosen: what can be done, what may be told, and all that is known. */

import { type App, useApp } from "../app.ts";
import { allowed } from "../calls.ts";
import {
  cardNews,
  dayWords,
  kindWords,
  membersWords,
  openingWords,
  prefersWords,
  presenceWords,
} from "../directory-words.ts";
import { busy, type Card, type Colleague, covering, type Found, isPerson } from "../people.ts";
import { numberIn } from "../words.ts";
import { KeyButton } from "./parts.tsx";

/** Of the text that describes the chosen row of the search, while its card is there. */
export const SUMMARY_ID = "card-summary";

export function CardPanel() {
  const app = useApp();
  const { t, search, cards } = app;
  const found = search.chosen.value;
  if (found === null) return null;
  const card = cards.card.value?.id === found.id ? cards.card.value : null;
  return (
    <section class="card" aria-labelledby="card-title">
      <h2 id="card-title" class="card-title">
        {found.id === "" ? numberIn(found.number, found.organisation, app.state.value) : found.name}
        {(card ?? found).protected && <span class="ds-tag protected">{t.protected}</span>}
      </h2>
      {found.id === "" && app.board.value.mine === null && <DialFor />}
      {found.id !== "" && <Standing found={card ?? found} />}
      {card !== null && cards.telling.value && <Told card={card} />}
      {card?.transfer && <Wish card={card} />}
      <Actions found={found} card={card} />
      {found.id !== "" && <Details found={card ?? found} />}
      {card !== null && <Summary card={card} />}
      {card !== null && <Covering card={card} />}
      {found.id !== "" && cards.status.value === "failed" && <p class="card-failed">{t.card_failed}</p>}
    </section>
  );
}

/** What belongs to the chosen row of the search, which describes itself by it: the focus stays in the box. */
function Summary({ card }: { readonly card: Card }) {
  const { now, state, t } = useApp();
  const news = cardNews(card, t, (digits) => numberIn(digits, card.organisation, state.value));
  const message = card.absence?.message || card.presence?.message || "";
  const minute = Math.floor(now.value / 60) * 60;
  return (
    <p id={SUMMARY_ID} hidden>
      {[message, news, dayWords(card, minute, t)].filter(Boolean).join(". ")}
    </p>
  );
}

/** What matters first: is she here, when is she back, what may be told. */
function Standing({ found }: { readonly found: Found & Partial<Card> }) {
  const { t } = useApp();
  const person = isPerson(found);
  const presence = found.kind === "group" ? membersWords(found.presence, t) : presenceWords(found.presence, t);
  // Of a person only that it is closed matters: that she is here says more.
  const opening = person && found.opening?.open ? "" : openingWords(found.opening, t);
  const absence = found.absence?.message || found.presence?.message || "";
  return (
    <div class="standing">
      {presence !== "" && (
        <p class="presence-words" data-here={found.presence?.here}>
          {presence}
        </p>
      )}
      {opening !== "" && (
        <p class="presence-words" data-here={found.opening?.open}>
          {opening}
        </p>
      )}
      {absence !== "" && <p>{absence}</p>}
      {found.may_tell && (
        <p class="may-tell">
          {t.may_tell}: {found.may_tell}
        </p>
      )}
      {found.note && <p>{found.note}</p>}
      <Day card={found} />
    </div>
  );
}

/** Busy and free until tonight, as a text and as a bar. Never why: that is not known here. */
function Day({ card }: { readonly card: Partial<Card> }) {
  const { t, now } = useApp();
  const from = Math.floor(now.value / 60) * 60;
  const words = dayWords(card, from, t);
  if (words === "") return null;
  return (
    <div class="day">
      <p>{words}</p>
      <div class="day-bar" aria-hidden="true">
        {busy(card.calendar ?? [], from).map((stretch) => (
          <span
            key={stretch.from}
            style={{ insetInlineStart: `${100 * stretch.from}%`, width: `${100 * stretch.length}%` }}
          />
        ))}
      </div>
    </div>
  );
}

/** The number that may be given, large enough to be read out from a metre (AAB-37). */
function Told({ card }: { readonly card: Card }) {
  const app = useApp();
  const number = card.tell_number ?? "";
  return (
    <p class="told-number">
      {number === "" ? app.t.tell_none(card.name) : numberIn(number, card.organisation, app.state.value)}
    </p>
  );
}

function Wish({ card }: { readonly card: Card }) {
  const app = useApp();
  const { transfer } = card;
  if (transfer == null) return null;
  const { to, why } = transfer;
  return <p class="wish">{why || app.t.transfer_wish(numberIn(to, card.organisation, app.state.value))}</p>;
}

function Actions({ found, card }: { readonly found: Found; readonly card: Card | null }) {
  const app = useApp();
  const { t, work } = app;
  const { mine } = app.board.value;
  const can = allowed(mine);
  const person = isPerson(found);
  return (
    <div class="actions">
      {(mine === null || can.includes("transfer")) && (
        <KeyButton keys="Enter" primary onClick={() => void work.chosen("connect")}>
          {mine === null ? t.dial : t.transfer}
        </KeyButton>
      )}
      {can.includes("consult") && (
        <KeyButton keys="Shift+Enter" onClick={() => void work.chosen("consult")}>
          {t.consult}
        </KeyButton>
      )}
      {card?.transfer && can.includes("transfer") && (
        <KeyButton keys="Ctrl+Shift+Enter" onClick={() => void work.chosen("exactly")}>
          {t.exactly}
        </KeyButton>
      )}
      {card?.mobile?.reachable && (mine === null || can.includes("transfer")) && (
        <KeyButton action="mobile" onClick={() => void work.toMobile()}>
          {t.to_mobile}
        </KeyButton>
      )}
      {person && (
        <KeyButton keys="Ctrl+Enter" onClick={() => void work.chosen("message")}>
          {t.message}
        </KeyButton>
      )}
      {found.id !== "" && (
        <KeyButton action="number" pressed={app.cards.telling.value} onClick={() => void app.cards.tellNumber()}>
          {t.tell}
        </KeyButton>
      )}
      {person && (
        <KeyButton action="absence" onClick={() => void app.absences.begin()}>
          {t.absence}
        </KeyButton>
      )}
    </div>
  );
}

function DialFor() {
  const app = useApp();
  const { organisations } = app.state.value;
  const served = Object.values(organisations);
  if (served.length < 2) return null;
  return (
    <div class="ds-field">
      <label class="ds-label" for="dial-for">
        {app.t.dial_as}
      </label>
      <select
        id="dial-for"
        class="ds-input"
        value={app.dialFor.value}
        onChange={(event) => app.setDialFor(event.currentTarget.value)}
      >
        {served.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Details({ found }: { readonly found: Found & Partial<Card> }) {
  const app = useApp();
  const { t } = app;
  const rows = details(found, app).filter(([, values]) => values.some(Boolean));
  return (
    <dl class="details">
      {rows.map(([name, values]) => (
        <div key={name}>
          <dt>{name}</dt>
          {values.filter(Boolean).map((value) => (
            <dd key={value}>{value}</dd>
          ))}
        </div>
      ))}
      {found.mobile != null && found.mobile.reachable && (
        <div>
          <dt>{t.mobile}</dt>
          <dd>{found.mobile.tell ? t.mobile_tell : t.mobile_keep}</dd>
        </div>
      )}
    </dl>
  );
}

type Row = readonly [string, readonly (string | undefined)[]];

function details(found: Found & Partial<Card>, app: App): readonly Row[] {
  const { t } = app;
  const reading = (digits: string) => numberIn(digits, found.organisation, app.state.value);
  const numbers = found.numbers?.map(({ number, label, tell }) =>
    [reading(number), label, tell ? "" : t.not_to_tell].filter(Boolean).join(" · "),
  );
  const path = (found.unit_path ?? []).join(" › ");
  return [
    [t.number, numbers === undefined || numbers.length === 0 ? [reading(found.number)] : numbers],
    [t.unit, [[kindWords(found, t), found.title, path || found.unit].filter(Boolean).join(", ")]],
    [t.functions, [(found.functions ?? []).join(", ") || found.function]],
    [t.tasks, [(found.task_list ?? []).join(", ") || found.tasks]],
    [t.prefers, [found.prefers === "phone" ? "" : prefersWords(found.prefers, t)]],
    [t.place, [found.place]],
    [t.email, [found.email_tell === false && found.email ? `${found.email} · ${t.not_to_tell}` : found.email]],
    [t.substitute, [found.substitute?.name]],
    [t.successor, [found.successor?.name]],
    [t.contacts, [(found.contacts ?? []).map((one) => one.name).join(", ")]],
  ];
}

/** Who may be asked instead: the substitute, those with the same function, a group's members. */
function Covering({ card }: { readonly card: Card }) {
  const app = useApp();
  const { t } = app;
  const others = covering(card);
  const away = [...(card.same_function ?? []), ...(card.members ?? [])].filter((one) => one.presence?.here === false);
  if (others.length === 0 && away.length === 0) return null;
  return (
    <section class="covering" aria-labelledby="covering-title">
      <h3 id="covering-title" class="covering-title">
        {card.kind === "person" ? t.same_function : t.members}
      </h3>
      {others.length > 0 && (
        <KeyButton action="cover" onClick={() => void app.cards.cover()}>
          {t.cover}
        </KeyButton>
      )}
      <ul>
        {others.map((one) => (
          <li key={one.id}>
            <button type="button" class="ds-button" data-variant="tertiary" onClick={() => app.cards.instead(one)}>
              {one.name}
              <span class="presence-words" data-here={one.presence?.here}>
                {presenceWords(one.presence, t)}
              </span>
            </button>
          </li>
        ))}
        {away
          .filter((one) => !others.some((other) => other.id === one.id))
          .map((one) => (
            <Away key={one.id} one={one} />
          ))}
      </ul>
    </section>
  );
}

function Away({ one }: { readonly one: Colleague }) {
  const { t } = useApp();
  return (
    <li class="away">
      {one.name} <span class="presence-words">{presenceWords(one.presence, t)}</span>
    </li>
  );
}
