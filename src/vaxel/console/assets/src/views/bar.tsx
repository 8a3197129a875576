// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The bar at the top: who I am, whether calls come to me, and whether telephone and connection work. */

import { signal } from "@preact/signals";

import { useApp } from "../app.ts";
import { duration } from "../format.ts";
import { operatorWords } from "../words.ts";
import { KeyButton } from "./parts.tsx";

export type Appearance = "auto" | "light" | "dark";

const appearance = signal<Appearance>("auto");

export function setAppearance(value: Appearance): void {
  appearance.value = value;
  localStorage.setItem("vaxel.appearance", value);
  document.documentElement.dataset.colorScheme = value;
}

export function restoreAppearance(): void {
  const kept = localStorage.getItem("vaxel.appearance");
  setAppearance(kept === "light" || kept === "dark" ? kept : "auto");
}

export function Bar() {
  return (
    <header>
      <div class="bar">
        <h1 class="product">Vaxel</h1>
        <Presence />
        <LineOpen />
        <PhoneLamp />
        <ConnectionLamp />
        <Settings />
      </div>
      <Troubles />
    </header>
  );
}

/** Beside this page, in a tab of their own: leaving this one would hang up the telephone. */
function OtherPages() {
  const { boot, t } = useApp();
  return (
    <a
      class="ds-link"
      href={boot.pages_url}
      target="_blank"
      rel="noopener"
      title={t.other_pages}
      aria-label={t.other_pages}
    >
      {t.calls} ↗
    </a>
  );
}

function Settings() {
  const app = useApp();
  const { t } = app;
  return (
    <div class="bar-end">
      <OtherPages />
      <label class="quiet">
        <span class="ds-sr-only">{t.appearance}</span>
        <select
          class="ds-input"
          data-width="auto"
          value={appearance.value}
          onChange={(event) => setAppearance(event.currentTarget.value as Appearance)}
        >
          <option value="auto">{t.appearance_auto}</option>
          <option value="light">{t.appearance_light}</option>
          <option value="dark">{t.appearance_dark}</option>
        </select>
      </label>
      <KeyButton action="help" onClick={() => (app.helpOpen.value = true)}>
        {t.help}
      </KeyButton>
    </div>
  );
}

function Presence() {
  const app = useApp();
  const { t } = app;
  const me = app.me.value;
  if (me === null) return null;
  const away = me.state === "off" || me.state === "paused";
  return (
    <div class="presence">
      <p class="who" data-state={me.state}>
        <span class="who-name">{me.name}</span>{" "}
        <span class="who-state">
          {operatorWords(me, t)} {me.since > 0 && <time>{duration(app.now.value - me.since)}</time>}
        </span>
      </p>
      <KeyButton action="pause" primary={away} onClick={() => void app.duty.turnPause()}>
        {me.state === "off" ? t.log_on : away ? t.ready : t.pause}
      </KeyButton>
      {me.state !== "off" && (
        <button type="button" class="ds-button" data-variant="tertiary" onClick={() => void app.duty.logOff()}>
          {t.log_off}
        </button>
      )}
    </div>
  );
}

function LineOpen() {
  const app = useApp();
  const { t } = app;
  const me = app.me.value;
  if (me === null || me.state === "off") return null;
  const wanted = me.line_wanted ?? me.line_open;
  return (
    <label class="switch" title={t.line_open_help}>
      <input
        type="checkbox"
        role="switch"
        class="ds-input"
        checked={wanted}
        aria-describedby="line-open-help"
        onChange={(event) => {
          const asked = event.currentTarget.checked;
          // The switch shows what the hub says, not what was asked for.
          event.currentTarget.checked = wanted;
          void app.duty.lineOpen(asked);
        }}
      />
      {wanted && !me.line_open ? t.line_opening : t.line_open}
      <span id="line-open-help" class="ds-sr-only">
        {t.line_open_help}
      </span>
    </label>
  );
}

function PhoneLamp() {
  const app = useApp();
  const { t } = app;
  const me = app.me.value;
  if (app.boot.sip === null) {
    const on = me?.phone_registered ?? false;
    return <Lamp on={on} text={on ? `${t.phone_elsewhere} ${me?.phone}` : t.phone_lost} />;
  }
  const { registration } = app.phoneState.value;
  const texts = {
    starting: t.phone_starting,
    registered: t.phone_ready,
    unregistered: t.phone_lost,
    refused: t.phone_refused,
  };
  return <Lamp on={registration === "registered"} text={texts[registration]} />;
}

function ConnectionLamp() {
  const { connection, t } = useApp();
  return connection.value === "connecting" ? <Lamp on={false} text={t.connecting} /> : null;
}

function Lamp({ on, text }: { readonly on: boolean; readonly text: string }) {
  return (
    <p class="lamp" data-on={on}>
      {text}
    </p>
  );
}

/** What keeps the page from working, in a strip under the bar, as long as it lasts. */
function Troubles() {
  const app = useApp();
  const { t } = app;
  const connection = app.connection.value;
  const { microphone } = app.phoneState.value;
  return (
    <div class="troubles">
      {connection === "lost" && <Trouble text={t.connection_lost} />}
      {connection === "forbidden" && <Trouble text={t.not_operator} />}
      {connection === "logged_out" && (
        <Trouble text={t.logged_out}>
          <a class="ds-link" href={app.boot.login_url} target="_blank" rel="noopener">
            {t.log_in_again}
          </a>
        </Trouble>
      )}
      {app.boot.sip !== null && (microphone === "denied" || microphone === "missing") && (
        <Trouble text={microphone === "denied" ? t.microphone_denied : t.microphone_missing}>
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => void app.openMicrophone()}>
            {t.try_again}
          </button>
        </Trouble>
      )}
    </div>
  );
}

function Trouble({ text, children }: { readonly text: string; readonly children?: preact.ComponentChildren }) {
  return (
    <div class="ds-alert" data-color="danger">
      <p>{text}</p>
      {children}
    </div>
  );
}

export function Told() {
  const app = useApp();
  const told = app.telling.shown.value;
  if (told === null) return null;
  return (
    <div class="notice ds-alert" data-color={told.error ? "danger" : "success"}>
      <p>{told.text}</p>
      <button type="button" class="ds-button" data-variant="tertiary" onClick={() => app.telling.dismiss()}>
        {app.t.dismiss}
      </button>
    </div>
  );
}

/** The two places that screen readers speak from. They show nothing, and nothing else on the page is live. */
export function Voice() {
  const { polite, urgent } = useApp().telling;
  return (
    <>
      <div class="ds-sr-only" role="status" aria-live="polite">
        <span key={polite.value.id}>{polite.value.text}</span>
      </div>
      <div class="ds-sr-only" role="alert" aria-live="assertive">
        <span key={urgent.value.id}>{urgent.value.text}</span>
      </div>
    </>
  );
}
