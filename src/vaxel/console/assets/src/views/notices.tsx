// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** Notices: in the list, unread first; beside a search or a call that they concern; and all of them to be read. */

import { useApp } from "../app.ts";
import { noticeKind } from "../directory-words.ts";
import { moment } from "../format.ts";
import { momentOf } from "../notices.ts";
import type { Notice } from "../protocol.ts";
import type { Answer } from "../rest.ts";
import { KeyButton, Modal } from "./parts.tsx";

const SHORT = 4;

/** In the left column: how many are unread, and what the first are about. */
export function NoticeList() {
  const app = useApp();
  const { t, notices } = app;
  const all = notices.all.value;
  if (all.length === 0) return null;
  return (
    <section class="list list-notices" aria-labelledby="notices-title">
      <h2 id="notices-title" class="list-title">
        {t.notices}{" "}
        <span class="count" aria-label={t.unread_count(notices.unread.value.length)}>
          {notices.unread.value.length}
        </span>
      </h2>
      <ul>
        {all.slice(0, SHORT).map((notice) => (
          <li key={notice.id} class="notice-line" data-unread={notices.isUnread(notice)}>
            {notices.isUnread(notice) && <span class="ds-sr-only">{t.unread}: </span>}
            {notice.title}
          </li>
        ))}
      </ul>
      <KeyButton action="notices" onClick={() => (notices.open.value = true)}>
        {t.read_notices(all.length)}
      </KeyButton>
    </section>
  );
}

/** Those that the search or the call touches, with what may be answered. They come by themselves and take no focus. */
export function Touching() {
  const app = useApp();
  const { t, notices } = app;
  const touching = notices.touching.value;
  const answers = notices.answers.value;
  if (touching.length + answers.length === 0) return null;
  return (
    <section class="touching" aria-labelledby="touching-title">
      <h3 id="touching-title" class="touching-title">
        {t.concerns}
      </h3>
      {touching.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} heading={4} />
      ))}
      {answers.map((answer) => (
        <AnswerCard key={answer.id} answer={answer} />
      ))}
    </section>
  );
}

/** A prepared answer, to be read out as it stands. */
function AnswerCard({ answer }: { readonly answer: Answer }) {
  const app = useApp();
  const language = app.state.value.organisations[answer.organisation]?.language;
  return (
    <article class="bulletin">
      <h4 class="bulletin-title" lang={language}>
        {answer.question}
      </h4>
      <p class="bulletin-answer" lang={language}>
        <span class="bulletin-say" lang={app.boot.language}>
          {app.t.answer_with}
        </span>{" "}
        {answer.text}
      </p>
    </article>
  );
}

/** All notices in a dialog: Enter acknowledges the one that the focus is on, and goes to the next. */
export function NoticesDialog() {
  const app = useApp();
  const { t, notices } = app;
  const open = notices.open.value;
  const touching = notices.touching.value;
  const others = notices.all.value.filter((one) => !touching.some((other) => other.id === one.id));
  return (
    <Modal open={open} title={t.notices} close={t.close} onClose={() => (notices.open.value = false)}>
      {touching.length + others.length === 0 && <p>{t.no_notices}</p>}
      {[...touching, ...others].map((notice) => (
        <NoticeCard key={notice.id} notice={notice} heading={3} />
      ))}
    </Modal>
  );
}

function NoticeCard({ notice, heading }: { readonly notice: Notice; readonly heading: 3 | 4 }) {
  const app = useApp();
  const { t, notices } = app;
  const unread = notices.isUnread(notice);
  const until = momentOf(notice.until);
  const Heading = `h${heading}` as const;
  const language = app.state.value.organisations[notice.organisation]?.language;
  const about = [
    app.state.value.organisations[notice.organisation]?.name,
    noticeKind(notice.kind, t),
    until === null ? "" : t.until(moment(until, app.now.value)),
    notice.cover ?? "",
    notice.people?.length ? t.notice_people(notice.people.map((one) => one.name).join(", ")) : "",
  ];
  return (
    <article class="bulletin" data-unread={unread}>
      <Heading class="bulletin-title" lang={language}>
        {notice.title}
      </Heading>
      <p class="bulletin-about">{about.filter(Boolean).join(" · ")}</p>
      {notice.text && <p lang={language}>{notice.text}</p>}
      {notice.answer && (
        <p class="bulletin-answer" lang={language}>
          <span class="bulletin-say" lang={app.boot.language}>
            {t.answer_with}
          </span>{" "}
          {notice.answer}
        </p>
      )}
      <div class="bulletin-do">
        {/* First, so that the dialog begins there. */}
        {unread && (
          <KeyButton about={notice.title} onClick={() => void acknowledge(notice, notices.acknowledge.bind(notices))}>
            {t.acknowledge}
          </KeyButton>
        )}
        <NoticeLink notice={notice} />
      </div>
    </article>
  );
}

/** Where more can be read, in a tab of its own: leaving this one would hang up the telephone. */
function NoticeLink({ notice }: { readonly notice: Notice }) {
  const { t } = useApp();
  const link = notice.link ?? "";
  // It may come from a feed: nothing but an address of the web.
  if (!/^https?:\/\//i.test(link)) return null;
  return (
    <a class="ds-link" href={link} target="_blank" rel="noopener noreferrer">
      {t.notice_link} <span class="ds-sr-only">{notice.title}</span> ↗<span class="ds-sr-only"> {t.new_tab}</span>
    </a>
  );
}

/** Acknowledge, and let the focus go on to the next that is unread: its button disappears under it. */
async function acknowledge(notice: Notice, done: (notice: Notice) => Promise<void>): Promise<void> {
  const dialog = document.activeElement?.closest("dialog");
  const buttons = [...(dialog?.querySelectorAll<HTMLButtonElement>(".bulletin button") ?? [])];
  const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + 1];
  await done(notice);
  const close = dialog?.querySelector<HTMLButtonElement>(":scope > p:last-of-type button");
  (next ?? close)?.focus();
}
