// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What keeps the page or the telephone from working, and what is going on that must not be overlooked: as long as it lasts. */

import type { ComponentChildren } from "preact";

import { useApp } from "../app.ts";
import { LOG_IN_ID } from "../focus.ts";
import { microphoneWords } from "../microphone-words.ts";
import {
  connectionWords,
  heldWarnings,
  listenedWords,
  listeningWords,
  phoneTrouble,
  reliefWarnings,
} from "../warnings.ts";

export function Troubles() {
  return (
    <div class="troubles">
      <ConnectionTrouble />
      <PhoneTrouble />
      <TabTrouble />
      <MicrophoneTrouble />
      <Asked />
      <ReliefGone />
      <HeldTooLong />
      <Listening />
      <Listened />
    </div>
  );
}

function ConnectionTrouble() {
  const { boot, connection, t } = useApp();
  const now = connection.value;
  if (now === "live" || now === "connecting") return null;
  return (
    <Strip text={connectionWords(now, t)}>
      {now === "logged_out" && (
        <a id={LOG_IN_ID} class="ds-link" href={boot.login_url} target="_blank" rel="noopener">
          {t.log_in_again}
        </a>
      )}
    </Strip>
  );
}

function PhoneTrouble() {
  const words = phoneTrouble(useApp());
  return words === "" ? null : <Strip text={words} />;
}

function TabTrouble() {
  const { board, telephone, t } = useApp();
  if (telephone.tab.value !== "elsewhere") return null;
  return (
    <Strip text={t.tab_elsewhere} colour="info">
      <StripButton onClick={() => telephone.takeOver()}>
        {board.value.mine === null ? t.tab_take : t.tab_take_call}
      </StripButton>
    </Strip>
  );
}

function MicrophoneTrouble() {
  const app = useApp();
  const { settings, telephone, t } = app;
  const trouble = telephone.trouble.value;
  if (telephone.phone === null || telephone.tab.value === "elsewhere" || trouble === "") return null;
  return (
    <Strip text={microphoneWords(trouble, t)} colour={trouble === "talking_muted" ? "warning" : "danger"}>
      {trouble === "talking_muted" ? (
        <StripButton onClick={() => app.turnMute()}>{t.unmute}</StripButton>
      ) : (
        <>
          {trouble !== "off_at_device" && trouble !== "insecure" && (
            <StripButton onClick={() => void telephone.openMicrophone()}>{t.try_again}</StripButton>
          )}
          {telephone.devices.present.value.microphones.length > 1 && (
            <StripButton onClick={() => (settings.value = true)}>{t.choose_another}</StripButton>
          )}
        </>
      )}
    </Strip>
  );
}

/** Reinforcement is called for, and she is one of those who can come (FAL-18). */
function Asked() {
  const { me, supervision, t } = useApp();
  return (
    <>
      {(me.value?.asked ?? []).map((one) => (
        <Strip key={one.organisation} text={t.surge_asked(one.name)} colour="warning">
          <StripButton onClick={() => void supervision.answerSurge(one.organisation, true)}>{t.surge_join}</StripButton>
          <StripButton onClick={() => void supervision.answerSurge(one.organisation, false)}>
            {t.surge_decline}
          </StripButton>
        </Strip>
      ))}
    </>
  );
}

function ReliefGone() {
  return (
    <>
      {reliefWarnings(useApp()).map(({ away, text }) => (
        <Strip key={away} text={text} colour="warning" />
      ))}
    </>
  );
}

function HeldTooLong() {
  const app = useApp();
  const { board, t, work } = app;
  return (
    <>
      {heldWarnings(app).map(({ call, text }) => (
        <Strip key={call} text={text} colour="warning">
          {board.value.mine === null && <StripButton onClick={() => void work.resume(call)}>{t.resume}</StripButton>}
        </Strip>
      ))}
    </>
  );
}

/** A supervisor must not forget that she hears somebody else's call. */
function Listening() {
  const app = useApp();
  const { supervision, t } = app;
  const call = supervision.listening.value;
  if (call === null) return null;
  return (
    <Strip text={listeningWords(app)} colour="info">
      <StripButton onClick={() => void supervision.stopListening(call.id)}>{t.stop_listening}</StripButton>
    </Strip>
  );
}

/** Nobody is listened to without knowing it. */
function Listened() {
  const words = listenedWords(useApp());
  return words === "" ? null : <Strip text={words} colour="info" />;
}

interface StripProps {
  readonly text: string;
  readonly colour?: "danger" | "warning" | "info";
  readonly children?: ComponentChildren;
}

function Strip({ text, colour, children }: StripProps) {
  return (
    <div class="ds-alert" data-color={colour ?? "danger"}>
      <p>{text}</p>
      {children}
    </div>
  );
}

function StripButton({ onClick, children }: { readonly onClick: () => void; readonly children: ComponentChildren }) {
  return (
    <button type="button" class="ds-button" data-variant="secondary" onClick={onClick}>
      {children}
    </button>
  );
}
