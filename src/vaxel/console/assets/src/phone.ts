// SPDX-FileCopyrightText: 2026 The Vaxel contributors
// SPDX-License-Identifier: EUPL-1.2
/** A browser phone: a SIP account at the engine over WebSocket, with one call at a time (RFC 7118, RFC 8825). */

import * as JsSIP from "jssip";
import type { IncomingRequest } from "jssip/lib/SIPMessage";
import type { EndEvent, PeerConnectionEvent, RTCSession } from "jssip/lib/RTCSession";
import type { RTCSessionEvent, UnRegisteredEvent } from "jssip/lib/UA";

import { asksForAnswer } from "./autoanswer.ts";
import type { Sip } from "./boot.ts";
import { farEnd } from "./format.ts";
import { type MicrophoneTrouble, openingTrouble } from "./microphone.ts";
import { playAt } from "./speaker.ts";

export type Registration = "starting" | "registered" | "unregistered" | "refused";
export type Microphone = "asking" | "ready" | Exclude<MicrophoneTrouble, "" | "silent" | "talking_muted">;
export type SessionState = "none" | "ringing" | "calling" | "talking";
/** Who began a session: somebody rings, the controller has the telephone answer by itself (an open line, too), or it was dialled here. */
export type Begun = "" | "rung" | "ordered" | "dialled";

export interface PhoneState {
  readonly registration: Registration;
  readonly microphone: Microphone;
  readonly session: SessionState;
  readonly muted: boolean;
  readonly begun: Begun;
  /** The far end's name or number as the engine told it, "" when it is unknown and without a session. */
  readonly with: string;
  /** Why the last session ended: JsSIP's cause, "" when it ended by a hang-up. */
  readonly ended: string;
}

export const idle: PhoneState = {
  registration: "starting",
  microphone: "asking",
  session: "none",
  muted: false,
  begun: "",
  with: "",
  ended: "",
};

export interface PhoneOptions {
  readonly sip: Sip;
  readonly onState: (state: PhoneState) => void;
  /** Whether a call that rings now was accepted elsewhere on the page, so that it is answered at once. */
  readonly expected: () => boolean;
  /** Whether the session that is on has nobody in it, so that it makes way for one who rings. */
  readonly vacant?: () => boolean;
  /** The microphone's id, "" for the system's choice. */
  readonly microphone?: () => string;
  /** The loudspeaker's id, "" for the system's choice. */
  readonly speaker?: () => string;
  /** A microphone has been opened, in place of the last one if there was one. */
  readonly onStream?: (stream: MediaStream) => void;
}

/** Whether the browser may still use the microphone; true where it doesn't say. */
async function mayListen(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: "microphone" })).state !== "denied";
  } catch {
    return true;
  }
}

/** What JsSIP's session does and its types don't tell. */
interface Dialog {
  sendRequest(
    method: string,
    options: {
      readonly extraHeaders: readonly string[];
      readonly eventHandlers: Readonly<Record<string, () => void>>;
    },
  ): void;
}

export class Phone {
  readonly #options: PhoneOptions;
  readonly #audio = new Audio();
  readonly #ua: JsSIP.UA;
  #state: PhoneState = idle;
  #stream: MediaStream | null = null;
  #opening: Promise<boolean> | null = null;
  #session: RTCSession | null = null;
  #answered: RTCSession | null = null;
  /** The connection to the engine was lost since it was told last where this telephone is. */
  #dropped = false;
  #lostRing = false;

  constructor(options: PhoneOptions) {
    this.#options = options;
    const { sip } = options;
    this.#ua = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(sip.url)],
      uri: `sip:${sip.user}@${new URL(sip.url).hostname}`,
      authorization_user: sip.user,
      password: sip.password,
      display_name: sip.name,
      register_expires: 60,
      session_timers: false,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 8,
      user_agent: "Vaxel console",
    });
    this.#ua.on("registered", () => {
      this.#set({ registration: "registered" });
      this.#backInCall();
    });
    this.#ua.on("unregistered", () => this.#set({ registration: "unregistered" }));
    this.#ua.on("disconnected", () => {
      this.#dropped = true;
      if (this.ringing) {
        // It can't be answered by another connection than it came by.
        this.#lostRing = true;
        this.#session?.terminate();
      }
      this.#set({ registration: "unregistered" });
    });
    this.#ua.on("registrationFailed", (event: UnRegisteredEvent) => {
      const code = event.response?.status_code ?? 0;
      this.#set({ registration: code === 401 || code === 403 ? "refused" : "unregistered" });
    });
    this.#ua.on("newRTCSession", (event: RTCSessionEvent) => {
      if (event.originator === "remote") this.#incoming(event.session, event.request as IncomingRequest);
    });
  }

  async start(): Promise<void> {
    this.#ua.start();
    window.addEventListener("pagehide", this.#leave);
    await this.openMicrophone();
  }

  /** Be no telephone any more, as when another tab is it now. A call goes back to the controller, which offers it again. */
  stop(): void {
    window.removeEventListener("pagehide", this.#leave);
    this.#leave();
    this.#set({ registration: "starting" });
  }

  /** The microphone stays open between calls: an accepted call must not wait for the device. */
  async openMicrophone(): Promise<boolean> {
    if (this.#stream?.getAudioTracks().some((track) => track.readyState === "live")) return true;
    return this.changeMicrophone();
  }

  /** Open the chosen microphone; a call that is on goes over to it. False when it can't be opened: then the old one stays. */
  async changeMicrophone(): Promise<boolean> {
    // A call may come while the browser still asks: one question is enough.
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async changeSpeaker(): Promise<void> {
    await playAt(this.#audio, this.#options.speaker?.() ?? "");
  }

  async #open(): Promise<boolean> {
    if (navigator.mediaDevices === undefined) {
      this.#set({ microphone: "insecure" });
      return false;
    }
    const id = this.#options.microphone?.() ?? "";
    try {
      this.#use(await navigator.mediaDevices.getUserMedia({ audio: id === "" ? true : { deviceId: { exact: id } } }));
    } catch (error) {
      const trouble = openingTrouble(error instanceof DOMException ? error.name : "");
      if (trouble !== "") this.#set({ microphone: trouble as Microphone });
      return false;
    }
    return true;
  }

  #use(stream: MediaStream): void {
    const before = this.#stream;
    this.#stream = stream;
    for (const track of stream.getAudioTracks()) {
      track.addEventListener("ended", () => void this.#microphoneEnded(track));
      track.addEventListener("mute", () => this.#microphoneIs(track, "off_at_device"));
      track.addEventListener("unmute", () => this.#microphoneIs(track, "ready"));
      track.enabled = !this.#state.muted;
      const senders = this.#session?.connection?.getSenders() ?? [];
      void senders.find((sender) => sender.track?.kind === "audio")?.replaceTrack(track);
      this.#microphoneIs(track, track.muted ? "off_at_device" : "ready");
    }
    for (const track of before?.getTracks() ?? []) track.stop();
    this.#options.onStream?.(stream);
  }

  /** Of a track that has been replaced nothing more is told. */
  #microphoneIs(track: MediaStreamTrack, microphone: Microphone): void {
    if (this.#stream?.getTracks().includes(track)) this.#set({ microphone });
  }

  async #microphoneEnded(track: MediaStreamTrack): Promise<void> {
    this.#microphoneIs(track, (await mayListen()) ? "unplugged" : "denied");
  }

  get ringing(): boolean {
    return this.#state.session === "ringing";
  }

  /** The call that rang here last was lost with the connection: it must be rung anew. */
  get lostRing(): boolean {
    return this.#lostRing;
  }

  async answer(): Promise<void> {
    const session = this.#session;
    if (session === null || !this.ringing || this.#answered === session || !(await this.openMicrophone())) return;
    // The key, the header and the hub may all ask for it, and the caller may have gone while the microphone opened.
    if (session.isEnded() || this.#session !== session || this.#answered === session) return;
    this.#answered = session;
    session.answer(this.#media());
  }

  /** Dial; false when it can't be done, for want of a microphone or because a session is on. */
  async call(number: string): Promise<boolean> {
    if (!(await this.openMicrophone()) || this.#session !== null) return false;
    const session = this.#ua.call(number, this.#media());
    this.#adopt(session);
    this.#set({ session: "calling", begun: "dialled", with: number, ended: "" });
    return true;
  }

  hangUp(): void {
    this.#session?.terminate();
  }

  get stream(): MediaStream | null {
    return this.#stream;
  }

  mute(muted: boolean): void {
    if (muted) this.#session?.mute({ audio: true });
    else this.#session?.unmute({ audio: true });
    this.#set({ muted });
  }

  digit(digit: string): void {
    this.#session?.sendDTMF(digit, { transportType: JsSIP.C.DTMF_TRANSPORT.RFC2833 });
  }

  /**
   * The page goes away, perhaps only to be loaded anew. A plain goodbye would end the call; "temporary failure" (Q.850
   * cause 41, RFC 3326) tells the controller that the operator was lost, and the caller is offered again at once.
   */
  readonly #leave = (): void => {
    const session = this.#session;
    if (session !== null && !session.isEnded()) {
      session.terminate({ extraHeaders: ["Reason: Q.850;cause=41"] });
    }
    this.#ua.stop();
  };

  /**
   * Speech goes on without the connection to the engine, but the engine would say by the old one that the call is over: a request
   * within the call tells it the new one (RFC 3261, 12.2). A call that has ended meanwhile is ended here, too.
   */
  #backInCall(): void {
    const session = this.#session;
    if (!this.#dropped) return;
    this.#dropped = false;
    if (session === null || !session.isEstablished()) return;
    const ended = () => {
      if (!session.isEnded()) session.terminate();
    };
    (session as unknown as Dialog).sendRequest(JsSIP.C.UPDATE, {
      extraHeaders: [`Contact: ${this.#ua.contact.toString()}`],
      eventHandlers: { onDialogError: ended },
    });
  }

  #media(): { mediaStream?: MediaStream; pcConfig: RTCConfiguration } {
    const pcConfig: RTCConfiguration = { iceServers: [] };
    return this.#stream === null ? { pcConfig } : { mediaStream: this.#stream, pcConfig };
  }

  #incoming(session: RTCSession, request: IncomingRequest): void {
    if (this.#options.vacant?.()) this.hangUp();
    if (this.#session !== null) {
      session.terminate({ status_code: 486 });
      return;
    }
    this.#lostRing = false;
    this.#adopt(session);
    const from = session.remote_identity;
    const ordered = asksForAnswer((name) => request.getHeader(name));
    const begun = ordered ? "ordered" : "rung";
    this.#set({ session: "ringing", begun, with: farEnd(from.display_name, from.uri.user), ended: "" });
    if (ordered || this.#options.expected()) void this.answer();
  }

  #adopt(session: RTCSession): void {
    this.#session = session;
    const play = (connection: RTCPeerConnection) =>
      connection.addEventListener("track", (event) => {
        this.#audio.srcObject = event.streams[0] ?? new MediaStream([event.track]);
        void this.changeSpeaker().then(() => this.#audio.play().catch(() => undefined));
      });
    if (session.connection) play(session.connection);
    else session.on("peerconnection", (event: PeerConnectionEvent) => play(event.peerconnection));
    // Without outside servers all candidates are there at once; a dead interface must not delay the answer.
    session.on("icecandidate", (event) => setTimeout(event.ready, 200));
    session.on("confirmed", () => this.#set({ session: "talking" }));
    session.on("accepted", () => this.#set({ session: "talking" }));
    session.on("ended", (event) => this.#over(session, event));
    session.on("failed", (event) => this.#over(session, event));
  }

  #over(session: RTCSession, event: EndEvent): void {
    if (this.#session !== session) return;
    this.#session = null;
    this.#audio.srcObject = null;
    // Muting is of a call: the next one must be heard.
    for (const track of this.#stream?.getAudioTracks() ?? []) track.enabled = true;
    const ended = event.cause === JsSIP.C.causes.BYE || event.cause === JsSIP.C.causes.CANCELED ? "" : event.cause;
    this.#set({ session: "none", begun: "", with: "", muted: false, ended });
  }

  #set(change: Partial<PhoneState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onState(this.#state);
  }
}
