// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** What an operator sets for this computer: telephone, what is spoken, and how the page looks. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { useApp } from "../app.ts";
import { devicesFor, type Use } from "../devices.ts";
import { meterShare } from "../microphone.ts";
import { appearance, type Appearance, type Preference, sami, speech, type Speech } from "../preferences.ts";
import { speakersCanBeChosen } from "../speaker.ts";
import { Modal } from "./parts.tsx";

export function Settings() {
  const { settings, t } = useApp();
  return (
    <Modal
      toRead
      open={settings.value}
      title={t.settings}
      close={t.close}
      onClose={() => {
        settings.value = false;
      }}
    >
      <Telephone />
      <Spoken />
      <Looks />
      <LogOut />
    </Modal>
  );
}

/** Rare enough to stand here, and far from what takes her off the queue. */
function LogOut() {
  const { duty, settings, t } = useApp();
  return (
    <section class="setting">
      <p>
        <button
          type="button"
          class="ds-button"
          data-variant="secondary"
          data-color="danger"
          onClick={() => {
            settings.value = false;
            void duty.logOff("page");
          }}
        >
          {t.log_out}
        </button>
      </p>
    </section>
  );
}

function Telephone() {
  const { telephone, t } = useApp();
  return (
    <section class="setting" aria-labelledby="setting-telephone">
      <h3 id="setting-telephone" class="help-part">
        {t.telephone}
      </h3>
      {telephone.phone !== null && (
        <>
          <div class="pair">
            <Device use="microphone" label={t.device_microphone} />
            {speakersCanBeChosen() && <Device use="speaker" label={t.device_speaker} />}
          </div>
          <Level />
          <EchoTest />
          <WholeWay />
        </>
      )}
      <DeskPhone />
      {speakersCanBeChosen() && <Device use="ring" label={t.device_ring} />}
      <div class="actions">
        <label class="check">
          <input
            type="checkbox"
            class="ds-input"
            checked={telephone.ringSound.value}
            onChange={(event) => telephone.setRingSound(event.currentTarget.checked)}
          />
          {t.ring_sound}
        </label>
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => void telephone.ring.once()}>
          {t.ring_once}
        </button>
      </div>
    </section>
  );
}

/** Hot-desking: any desk phone of the house at which nobody sits. */
function DeskPhone() {
  const { boot, duty, t } = useApp();
  const free = duty.freeDeskPhones;
  if (free.length === 0) return null;
  return (
    <div class="ds-field">
      <label class="ds-label" for="desk-phone">
        {t.desk_phone}
      </label>
      <select
        id="desk-phone"
        class="ds-input"
        aria-describedby="desk-phone-help"
        value={duty.deskPhone.value}
        onChange={(event) => duty.sitAt(event.currentTarget.value)}
      >
        <option value="">{boot.sip === null ? t.desk_phone_yours : t.desk_phone_here}</option>
        {free.map(({ user, name }) => (
          <option key={user} value={user}>
            {name}
          </option>
        ))}
      </select>
      <p id="desk-phone-help" class="field-note">
        {t.desk_phone_help}
      </p>
    </div>
  );
}

function Device({ use, label }: { readonly use: Use; readonly label: string }) {
  const { telephone, t } = useApp();
  const { devices } = telephone;
  const id = `device-${use}`;
  const gone = devices.lacks(use);
  return (
    <div class="ds-field">
      <label class="ds-label" for={id}>
        {label}
      </label>
      <select
        id={id}
        class="ds-input"
        value={devices.used(use)}
        aria-describedby={gone ? `${id}-gone` : undefined}
        onChange={(event) => devices.choose(use, event.currentTarget.value)}
      >
        <option value="">{t.device_system}</option>
        {devicesFor(use, devices.present.value).map((one) => (
          <option key={one.id} value={one.id}>
            {one.name || one.id}
          </option>
        ))}
      </select>
      {gone && (
        <p id={`${id}-gone`} class="field-note">
          {t.device_gone(devices.choice.value[use].name)}
        </p>
      )}
    </div>
  );
}

function Level() {
  const { telephone, t } = useApp();
  useEffect(() => {
    telephone.metered.value = true;
    return () => {
      telephone.metered.value = false;
    };
  }, [telephone]);
  return (
    <div class="ds-field">
      <label class="ds-label" for="level">
        {t.level}
      </label>
      <meter
        id="level"
        class="level"
        min={0}
        max={1}
        value={meterShare(telephone.peak.value)}
        aria-describedby="level-help"
      />
      <p id="level-help" class="field-note">
        {t.level_help}
      </p>
    </div>
  );
}

function EchoTest() {
  const { telephone, t } = useApp();
  const { echo } = telephone;
  useEffect(() => () => echo.stop(), [echo]);
  const words = { idle: "", recording: t.echo_recording, playing: t.echo_playing, failed: t.echo_failed };
  const busy = echo.state.value === "recording" || echo.state.value === "playing";
  return (
    <div class="actions">
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        aria-disabled={busy}
        onClick={() => {
          if (!busy) telephone.testEcho();
        }}
      >
        {t.echo_test}
      </button>
      <p class="echo" role="status">
        {words[echo.state.value]}
      </p>
    </div>
  );
}

/** The test that also shows the network and the engine to be right. */
function WholeWay() {
  const { telephone, t } = useApp();
  const tried = useSignal(false);
  useEffect(() => () => telephone.turnWholeWay(false), [telephone]);
  const { session, ended } = telephone.state.value;
  const on = telephone.testsWholeWay;
  const failed = tried.value && session === "none" && ended !== "";
  return (
    <div class="actions">
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        aria-disabled={session !== "none" && !on}
        onClick={() => {
          tried.value = true;
          if (on || session === "none") telephone.turnWholeWay(!on);
        }}
      >
        {on ? t.echo_whole_end : t.echo_whole}
      </button>
      <p class="echo" role="status">
        {on ? t.echo_whole_on : failed ? t.echo_whole_failed : ""}
      </p>
    </div>
  );
}

function Spoken() {
  const { t } = useApp();
  const words: Readonly<Record<Speech, string>> = { none: t.speech_none, short: t.speech_short, full: t.speech_full };
  return (
    <fieldset class="setting">
      <legend class="help-part">{t.spoken}</legend>
      <p class="field-note">{t.spoken_help}</p>
      <Radios name="speech" of={speech} words={words} />
    </fieldset>
  );
}

function Looks() {
  const { boot, t } = useApp();
  const words: Readonly<Record<Appearance, string>> = {
    auto: t.appearance_auto,
    light: t.appearance_light,
    dark: t.appearance_dark,
  };
  return (
    <fieldset class="setting">
      <legend class="help-part">{t.appearance}</legend>
      <Radios name="appearance" of={appearance} words={words} />
      {boot.language === "nb" && (
        <label class="check">
          <input
            type="checkbox"
            class="ds-input"
            checked={sami.value === "on"}
            onChange={(event) => sami.set(event.currentTarget.checked ? "on" : "off")}
          />
          {t.sami_words}
        </label>
      )}
    </fieldset>
  );
}

interface RadiosProps<T extends string> {
  readonly name: string;
  readonly of: Preference<T>;
  readonly words: Readonly<Record<T, string>>;
}

function Radios<T extends string>({ name, of, words }: RadiosProps<T>) {
  return (
    <>
      {of.all.map((one) => (
        <label key={one} class="check">
          <input type="radio" class="ds-input" name={name} checked={of.value === one} onChange={() => of.set(one)} />
          {words[one]}
        </label>
      ))}
    </>
  );
}
