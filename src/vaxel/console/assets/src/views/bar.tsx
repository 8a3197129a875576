// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The bar at the top: who I am, whether calls come to me, and whether telephone and connection work. */

import { useSignal } from "@preact/signals";

import { useApp } from "../app.ts";
import { duration } from "../format.ts";
import type { KeyAction } from "../keys.ts";
import { overdue } from "../shift.ts";
import { operatorWords } from "../words.ts";
import { KeyButton, spokenKeys } from "./parts.tsx";
import { Troubles } from "./troubles.tsx";

export function Bar() {
  const unfolded = useSignal(false);
  const { t } = useApp();
  return (
    <header>
      <div class="bar" data-unfolded={unfolded.value}>
        <h1 class="product">Vaxel</h1>
        {/* Only a small window has it: there the call needs the room, and all the rest has keys. */}
        <button
          type="button"
          class="ds-button bar-more"
          data-variant="tertiary"
          aria-expanded={unfolded.value}
          onClick={() => (unfolded.value = !unfolded.value)}
        >
          {t.more}
        </button>
        <Presence />
        <LineOpen />
        <PhoneLamp />
        <ConnectionLamp />
        <BarEnd />
      </div>
      <Troubles />
    </header>
  );
}

/** Beside this page, in a tab of their own: leaving this one would hang up the telephone. */
function OtherPages() {
  const { boot, t } = useApp();
  return (
    <a class="ds-link" href={boot.pages_url} target="_blank" rel="noopener" title={t.other_pages}>
      {t.calls} ↗<span class="ds-sr-only"> {t.new_tab}</span>
    </a>
  );
}

function BarEnd() {
  const app = useApp();
  const { supervision, t } = app;
  return (
    <div class="bar-end">
      <OtherPages />
      {supervision.mine.value.length > 0 && (
        <KeyButton action="supervise" pressed={supervision.open.value} onClick={() => supervision.turn()}>
          {t.supervision}
        </KeyButton>
      )}
      <Quiet action="settings" onClick={() => (app.settings.value = true)}>
        {t.settings}
      </Quiet>
      <KeyButton action="help" onClick={() => (app.helpOpen.value = true)}>
        {t.help}
      </KeyButton>
    </div>
  );
}

interface QuietProps {
  readonly action: KeyAction;
  readonly onClick: () => void;
  readonly children: string;
}

/** What is done seldom: its key stands in the help. */
function Quiet({ action, onClick, children }: QuietProps) {
  return (
    <button
      type="button"
      class="ds-button"
      data-variant="tertiary"
      aria-keyshortcuts={spokenKeys(useApp().keys.keyOf(action))}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

function Presence() {
  const app = useApp();
  const { t } = app;
  const me = app.me.value;
  if (me === null) return null;
  const away = me.state === "off" || me.state === "paused";
  const late = overdue(me, app.now.value);
  const relieved = app.state.value.operators[me.relief_for ?? ""]?.name ?? "";
  return (
    <div class="presence">
      <p class="who" data-state={me.state} data-late={late > 0}>
        <span class="who-name">{me.name}</span>{" "}
        <span class="who-state">
          {operatorWords(me, t)} {me.since > 0 && <time>{duration(app.now.value - me.since)}</time>}
          {late > 0 && <strong> · {t.overdue}</strong>}
          {relieved !== "" && ` · ${t.relieves(relieved)}`}
        </span>
      </p>
      <KeyButton action="pause" primary={away} onClick={() => void app.duty.turnPause()}>
        {me.state === "off" ? t.log_on : away ? t.ready : t.pause}
      </KeyButton>
      {me.state !== "off" && (
        <Quiet action="leave" onClick={() => void app.duty.logOff()}>
          {t.log_off}
        </Quiet>
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
  const { t, telephone } = app;
  const me = app.me.value;
  if (telephone.phone === null || !app.duty.atThisPage) {
    const on = me?.phone_registered ?? false;
    return <Lamp on={on} text={on ? `${t.phone_elsewhere} ${me?.phone}` : t.phone_lost} />;
  }
  // Where the telephone is, a strip says.
  if (telephone.tab.value === "elsewhere") return null;
  const { registration } = telephone.state.value;
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
