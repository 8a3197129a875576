// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** The operator's page: puts the views together and listens to the keys. */

import "../styles/console.css";

import { effect } from "@preact/signals";
import { render } from "preact";

import { App, AppProvider, useApp } from "./app.ts";
import { boot, type ConsoleBoot } from "./boot.ts";
import { closeDialogs, focusNow, focusSearch, leaveSearch, SEARCH_ID, step } from "./focus.ts";
import { type Focus, IN_DIALOG, type KeyAction } from "./keys.ts";
import { appearance } from "./preferences.ts";
import { wear } from "./theme.ts";
import { Bar } from "./views/bar.tsx";
import { asksForKey, Help, KeypadLayer } from "./views/dialogs.tsx";
import { Find } from "./views/find.tsx";
import { Lists } from "./views/lists.tsx";
import { Mine } from "./views/mine.tsx";
import { NoticesDialog } from "./views/notices.tsx";
import { Settings } from "./views/settings.tsx";
import { LeavingQuestion, PauseQuestion, ReinforceQuestion, SurgeQuestion } from "./views/shift.tsx";
import { Announcement, Supervise } from "./views/supervise.tsx";
import { OfThePage, Told, Voice } from "./views/voice.tsx";

function Console({ app }: { readonly app: App }) {
  return (
    <AppProvider value={app}>
      <SkipLink />
      <Bar />
      <Desk />
      <OfThePage>
        <Voice />
      </OfThePage>
      <Help />
      <NoticesDialog />
      <KeypadLayer />
      <Settings />
      <PauseQuestion />
      <LeavingQuestion />
      <SurgeQuestion />
      <ReinforceQuestion />
      <Announcement />
    </AppProvider>
  );
}

function SkipLink() {
  const { supervision, t } = useApp();
  if (supervision.open.value) return null;
  return (
    <a class="ds-skip-link" href={`#${SEARCH_ID}`}>
      {t.skip_to_search}
    </a>
  );
}

function Desk() {
  const { supervision } = useApp();
  const steering = supervision.open.value;
  return (
    <main class="desk" data-steering={steering}>
      {!steering && <Lists />}
      <Mine />
      {steering ? <Supervise /> : <Find />}
      <OfThePage>
        <Told />
      </OfThePage>
    </main>
  );
}

function toSearch(app: App, focus: Focus): void {
  if (app.supervision.leave()) return void setTimeout(focusSearch);
  if (app.telling.shown.value !== null) app.telling.dismiss();
  if (focus === "search") app.search.clear();
  focusSearch();
}

/** Keys that belong to what lies under a dialog: a form that opens there would be neither seen nor heard. */
function inDialog(app: App, action: KeyAction): void {
  if (action === "search" || (action === "notices" && app.notices.open.value)) closeDialogs();
  else app.say(app.t.dialog_first, true);
}

function move(app: App, by: 1 | -1): void {
  if (!step(by)) app.search.move(by);
}

function listen(app: App): void {
  const acts: Readonly<Record<KeyAction, (focus: Focus) => void>> = {
    main: () => void app.work.main(),
    end: () => void app.work.end(),
    hold: () => void app.work.hold(),
    park: () => void app.work.park(),
    pause: () => void app.duty.turnPause(),
    note: () => app.messages.beginNote(),
    message: () => app.messages.begin(),
    promise: () => void app.promises.begin(),
    number: () => void app.cards.tellNumber(),
    absence: () => void app.absences.begin(),
    cover: () => void app.cards.cover(),
    mobile: () => void app.work.toMobile(),
    notices: () => (app.notices.open.value = !app.notices.open.value),
    surge: () => void app.work.reinforce(),
    consult: () => void app.work.chosen("consult"),
    exactly: () => void app.work.chosen("exactly"),
    up: () => move(app, -1),
    down: () => move(app, 1),
    out: leaveSearch,
    mute: () => app.turnMute(),
    search: (focus) => toSearch(app, focus),
    help: () => (app.helpOpen.value = true),
    repeat: () => app.work.sayCall(),
    queue: () => app.work.sayQueue(),
    supervise: () => app.supervision.turn(),
    settings: () => (app.settings.value = true),
    leave: () => void app.duty.leave(),
  };
  // Before the focused element sees the key, so that it works wherever the focus is.
  window.addEventListener(
    "keydown",
    (event) => {
      const focus = focusNow();
      if (event.isComposing || asksForKey()) return;
      const action = app.keys.press(event, focus);
      if (action === null) return;
      const dialog = document.querySelector("dialog[open]") !== null;
      // In a dialog Escape closes it, and that is the browser's own doing.
      if (dialog && event.key === "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      // A key that is held down must not answer and then end.
      if (event.repeat || action === "layer") return;
      if (dialog && !IN_DIALOG.has(action)) inDialog(app, action);
      else acts[action](focus);
    },
    { capture: true },
  );
}

const told = boot<ConsoleBoot>();
wear(told.colours ?? {});
const app = new App(told);
effect(() => {
  document.documentElement.dataset.colorScheme = appearance.value;
});
document.title = `${app.t.title} · Vaxel`;
const place = document.getElementById("console");
if (place === null) throw new Error("the page has no place for the console");
render(<Console app={app} />, place);
listen(app);
app.start();
