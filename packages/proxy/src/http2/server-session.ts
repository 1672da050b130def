import type { ServerHttp2Session, ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";
import type { Expiring } from "../http1/deadlines.ts";
import { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import type { HttpLimits } from "../http1/limits.ts";
import { ParseFailure } from "../http1/parse-failure.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ServerSettings } from "../http1/server-settings.ts";
import { giveAnswer, rescue } from "../rescue.ts";
import { errorCodes } from "./load-http2.ts";
import { framingOf, readRequestHead } from "./request-head.ts";
import { ResetBudget } from "./reset-budget.ts";
import { Http2ServerStream } from "./server-stream.ts";
import { sessionWindowBytes } from "./session-options.ts";

function checkLength(framing: Framing, { maxBodyBytes = Number.POSITIVE_INFINITY }: HttpLimits): void {
  if (framing.kind === "length" && framing.length > maxBodyBytes)
    throw new ParseFailure("body-too-large", `more than ${maxBodyBytes} bytes of body`);
}

const noHead: RequestHead = { method: "GET", target: "/", minorVersion: 1, fields: new Fields() };

/** One connection of a caller that speaks HTTP/2: every stream becomes a request. */
export class Http2ServerSession implements Expiring {
  deadlineMs = Number.POSITIVE_INFINITY;
  readonly settings: ServerSettings;
  readonly peerAddress: string;
  readonly encrypted: boolean;

  readonly #session: ServerHttp2Session;
  readonly #resets: ResetBudget;
  #streams = 0;
  #cutOff = false;

  constructor(session: ServerHttp2Session, socket: Socket, settings: ServerSettings) {
    this.#session = session;
    this.settings = settings;
    this.peerAddress = socket.remoteAddress ?? "";
    this.encrypted = session.encrypted ?? false;
    this.#resets = new ResetBudget(settings.deadlines);
    session.setLocalWindowSize(sessionWindowBytes);
    session.on("stream", this.#onStream);
    session.on("error", () => {
      if (!this.#cutOff) this.#count("http2-session", "the session broke a rule of HTTP/2");
    });
    session.on("close", () => settings.deadlines.delete(this));
    settings.deadlines.add(this);
    this.#awaitStream();
  }

  /** Takes no more streams (GOAWAY) and ends once those there are over. */
  drain(): void {
    this.#session.close();
  }

  /** One stream is over. `early`: before its answer was. */
  closed(early: boolean): void {
    if (--this.#streams === 0) this.#awaitStream();
    if (this.#session.destroyed || !this.#resets.spend(early)) return;
    this.#count("http2-resets", "too many streams were given up before their answer");
    this.#cutOff = true;
    this.#session.destroy(new Error("too many resets"), errorCodes.enhanceYourCalm);
  }

  expire(): void {
    if (this.#session.closed) {
      this.#session.destroy();
      return;
    }
    this.#session.close();
    // A peer that takes nothing would keep it open.
    this.deadlineMs = this.settings.deadlines.in(this.settings.limits.lingerMs);
  }

  readonly #onStream = (
    stream: ServerHttp2Stream,
    _headers: unknown,
    _flags: number,
    list: readonly string[],
  ): void => {
    this.#streams++;
    this.deadlineMs = Number.POSITIVE_INFINITY;
    try {
      const head = readRequestHead(list, this.settings.limits);
      const framing = framingOf(head.fields, stream.endAfterHeaders);
      checkLength(framing, this.settings.limits);
      void this.settings.serve(new Http2ServerStream(this, stream, head, framing));
    } catch (error) {
      if (!(error instanceof ParseFailure)) throw error;
      this.settings.refuse(error);
      const refused = new Http2ServerStream(
        this,
        stream,
        noHead,
        framingOf(noHead.fields, stream.endAfterHeaders),
      );
      giveAnswer(refused, noHead.method, rescue(error));
    }
  };

  #awaitStream(): void {
    this.deadlineMs = this.settings.deadlines.in(this.settings.limits.idleTimeoutMs);
  }

  #count(reason: "http2-session" | "http2-resets", message: string): void {
    this.settings.refuse(new ParseFailure(reason, message));
  }
}
