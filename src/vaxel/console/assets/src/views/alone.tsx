// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** In the place of my call: one that my telephone has by itself, and the little that can be done with it. */

import { useApp } from "../app.ts";
import type { PhoneState } from "../phone.ts";
import { KeyButton } from "./parts.tsx";

export function AloneCard({ call }: { readonly call: PhoneState }) {
  const app = useApp();
  const { t } = app;
  const rings = call.session === "ringing";
  const state = rings ? t.leg_ringing : call.session === "calling" ? t.leg_dialling : t.leg_up;
  return (
    <article class="call" data-offered={rings}>
      <p class="call-head">
        <span class="call-organisation">{t.alone}</span>
        {rings && <span class="ds-tag call-new">{t.new_call}</span>}
      </p>
      <dl class="facts">
        <div class="fact-caller">
          <dt>{call.begun === "dialled" ? t.called : t.caller}</dt>
          <dd>
            <span class="caller-name">{app.alone.who(call)}</span>
            <span class="caller-number"> · {state}</span>
          </dd>
        </div>
      </dl>
      <p>{t.alone_help}</p>
      <div class="actions">
        {rings && (
          <KeyButton action="main" primary onClick={() => void app.work.lift()}>
            {t.answer}
          </KeyButton>
        )}
        {call.session === "talking" && (
          <KeyButton action="mute" primary={call.muted} onClick={() => app.turnMute()}>
            {call.muted ? t.unmute : t.mute}
          </KeyButton>
        )}
        <KeyButton action="end" danger onClick={() => void app.work.end()}>
          {t.end}
        </KeyButton>
      </div>
    </article>
  );
}
