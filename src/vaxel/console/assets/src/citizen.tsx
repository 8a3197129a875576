// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** "Ring the municipality": a citizen's telephone for the demonstration. */

import "../styles/citizen.css";

import { signal } from "@preact/signals";
import { render } from "preact";

import { boot, type CitizenBoot } from "./boot.ts";
import { number } from "./format.ts";
import { type Catalogue, catalogue } from "./i18n/catalogue.ts";
import { microphoneWords } from "./microphone-words.ts";
import { idle, Phone, type PhoneState } from "./phone.ts";
import { Ring } from "./ring.ts";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

const page = boot<CitizenBoot>();
const t = catalogue(page.language);
const state = signal<PhoneState>(idle);
const typed = signal(page.organisations[0]?.main_number ?? "");
const ring = new Ring();

const phone =
  page.sip === null
    ? null
    : new Phone({
        sip: page.sip,
        onState: (now) => {
          state.value = now;
          if (now.session === "ringing") ring.start();
          else ring.stop();
        },
        expected: () => false,
      });

function sessionWords(now: PhoneState, words: Catalogue): string {
  if (now.microphone !== "asking" && now.microphone !== "ready") return microphoneWords(now.microphone, words);
  if (now.session === "calling") return words.citizen_calling;
  if (now.session === "talking") return words.citizen_talking;
  if (now.session === "ringing") return words.citizen_incoming;
  return now.ended === "" ? words.citizen_idle : endedWords(now.ended, words);
}

function endedWords(cause: string, words: Catalogue): string {
  if (cause === "Busy") return words.citizen_ended_busy;
  return cause === "Rejected" ? words.citizen_ended_rejected : words.citizen_ended_failed;
}

function registrationWords(now: PhoneState, words: Catalogue): string {
  const texts = {
    starting: words.phone_starting,
    registered: words.phone_ready,
    unregistered: words.phone_lost,
    refused: words.phone_refused,
  };
  return texts[now.registration];
}

function Citizen() {
  const now = state.value;
  const busy = now.session !== "none";
  const call = (event: Event) => {
    event.preventDefault();
    if (now.session === "ringing") void phone?.answer();
    else if (!busy && typed.value.trim() !== "") void phone?.call(typed.value.replace(/[^\d*#+]/g, ""));
  };
  return (
    <main class="citizen">
      <h1 class="ds-heading" data-size="lg">
        {t.citizen_title}
      </h1>
      <p>{page.sip === null ? t.citizen_no_phone : t.citizen_intro}</p>
      {page.sip !== null && (
        <form class="handset" onSubmit={call}>
          <p class="citizen-state" role="status">
            <strong>{sessionWords(now, t)}</strong> <span>{registrationWords(now, t)}</span>
          </p>
          <div class="ds-field">
            <label class="ds-label" for="number">
              {t.citizen_number}
            </label>
            <input
              id="number"
              class="ds-input"
              inputMode="tel"
              autocomplete="off"
              value={typed.value}
              onInput={(event) => (typed.value = event.currentTarget.value)}
            />
          </div>
          <div class="actions">
            <button
              type="submit"
              class="ds-button"
              data-color="success"
              disabled={now.registration !== "registered" || (busy && now.session !== "ringing")}
            >
              {now.session === "ringing" ? t.answer : t.dial}
            </button>
            <button
              type="button"
              class="ds-button"
              data-color="danger"
              disabled={!busy}
              onClick={() => phone?.hangUp()}
            >
              {t.citizen_hang_up}
            </button>
          </div>
          {now.session === "talking" && (
            <fieldset class="digits">
              <legend>{t.citizen_keypad}</legend>
              {DIGITS.map((digit) => (
                <button
                  key={digit}
                  type="button"
                  class="ds-button"
                  data-variant="secondary"
                  onClick={() => phone?.digit(digit)}
                >
                  {digit}
                </button>
              ))}
            </fieldset>
          )}
        </form>
      )}
      {page.organisations.length > 0 && <Numbers />}
    </main>
  );
}

function Numbers() {
  return (
    <section aria-labelledby="choose">
      <h2 id="choose" class="ds-heading" data-size="sm">
        {t.citizen_choose}
      </h2>
      <div class="municipalities">
        {page.organisations.map((organisation) => (
          <section key={organisation.main_number} class="municipality" aria-label={organisation.name}>
            <h3>{organisation.name}</h3>
            <ul>
              <Choice name={t.citizen_main} digits={organisation.main_number} />
              {organisation.people.map((person) => (
                <Choice key={person.number} name={person.name} digits={person.number} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

function Choice({ name, digits }: { readonly name: string; readonly digits: string }) {
  return (
    <li>
      <button
        type="button"
        class="choice"
        aria-pressed={typed.value === digits}
        onClick={() => {
          typed.value = digits;
          document.getElementById("number")?.focus();
        }}
      >
        <span>{name}</span> <span class="choice-number">{number(digits, digits)}</span>
      </button>
    </li>
  );
}

document.title = `${t.citizen_title} · Vaxel`;
const place = document.getElementById("citizen");
if (place === null) throw new Error("the page has no place for the telephone");
render(<Citizen />, place);
void phone?.start();
