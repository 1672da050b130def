import type { ServerHttp2Stream } from "node:http2";
import type { BodySink } from "../http1/chunked-reader.ts";
import type { Expiring } from "../http1/deadlines.ts";
import type { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import { ParseFailure } from "../http1/parse-failure.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { RequestFailure } from "../request-failure.ts";
import type { CallerStream, DetachedWire } from "../stream/caller-stream.ts";
import { BodyPace } from "./body-pace.ts";
import { headerObject, mayHaveTrailers, responseList, trailerObject, trailersOf } from "./header-list.ts";
import { errorCodes } from "./load-http2.ts";
import type { Http2ServerSession } from "./server-session.ts";

/** One request of a caller by HTTP/2, and the way back to it. */
export class Http2ServerStream implements CallerStream, Expiring {
  readonly version = "2";
  readonly head: RequestHead;
  readonly framing: Framing;
  readonly mustClose = false;
  deadlineMs = Number.POSITIVE_INFINITY;
  answered = false;
  gone = false;
  requestBytes = 0;
  responseBytes = 0;
  onWritable: (() => void) | undefined;
  onGone: (() => void) | undefined;
  onBodyFailure: ((failure: Error) => void) | undefined;

  readonly #session: Http2ServerSession;
  readonly #stream: ServerHttp2Stream;
  readonly #pace: BodyPace;
  /** The caller has sent all of its request. */
  #received: boolean;
  #trailersIn: Fields | undefined;
  #trailersOut: Fields | undefined;
  #finished = false;
  /** A listener is asked for when it is needed: node:http2 makes each one cost an event of its own. */
  #awaitsDrain = false;

  constructor(session: Http2ServerSession, stream: ServerHttp2Stream, head: RequestHead, framing: Framing) {
    this.#session = session;
    this.#stream = stream;
    this.head = head;
    this.framing = framing;
    this.#received = stream.endAfterHeaders;
    this.#pace = new BodyPace(framing, session.settings);
    stream.on("error", ignore);
    stream.on("close", this.#onClose);
    if (!this.#received)
      stream.on("trailers", (_headers, _flags, list) => {
        this.#trailersIn = trailersOf(list);
      });
    session.settings.deadlines.add(this);
  }

  get #maxBodyBytes(): number {
    return this.#session.settings.limits.maxBodyBytes ?? Number.POSITIVE_INFINITY;
  }

  get encrypted(): boolean {
    return this.#session.encrypted;
  }

  get peerAddress(): string {
    return this.#session.peerAddress;
  }

  get authority(): string | undefined {
    return this.#session.settings.authority;
  }

  readBody(sink: BodySink): void {
    if (this.#received) {
      sink.end(undefined);
      return;
    }
    const stream = this.#stream;
    this.#awaitBody();
    stream.on("data", (bytes: Buffer) => {
      if (this.#finished) return;
      this.requestBytes += bytes.length;
      if (this.requestBytes > this.#maxBodyBytes) {
        this.onBodyFailure?.(
          new ParseFailure("body-too-large", `more than ${this.#maxBodyBytes} bytes of body`),
        );
        return;
      }
      if (this.framing.kind !== "length") this.#awaitBody();
      sink.chunk(bytes);
    });
    stream.on("end", () => {
      // A reset ends what can be read, too, but closes the stream first, which is open until it is answered.
      if (this.#finished || this.gone || stream.closed) return;
      this.#received = true;
      this.deadlineMs = Number.POSITIVE_INFINITY;
      sink.end(this.#trailersIn);
    });
  }

  pauseBody(): void {
    if (this.#finished) return;
    this.#stream.pause();
    this.deadlineMs = Number.POSITIVE_INFINITY;
  }

  resumeBody(): void {
    if (this.#finished || !this.#stream.isPaused()) return;
    this.#awaitBody();
    this.#stream.resume();
  }

  interim(head: ResponseHead): void {
    if (!this.answered && this.#open())
      this.#stream.additionalHeaders({ ":status": head.status, ...headerObject(head.fields) });
  }

  respond(head: ResponseHead, framing: Framing): void {
    if (this.#finished) return;
    this.answered = true;
    if (!this.#open()) return;
    const endStream = framing.kind === "none";
    const waitForTrailers = !endStream && mayHaveTrailers(framing, head.fields, this.head.fields);
    if (waitForTrailers) this.#stream.on("wantTrailers", this.#sendTrailers);
    // Beyond 599 there is no status that node:http2 sends; a recipient treats it as 500 (RFC 9110 15).
    const status = head.status > 599 ? 500 : head.status;
    const options = { endStream, waitForTrailers, sendDate: false };
    this.#stream.respond(responseList(status, head.fields), options);
  }

  body(bytes: Buffer): boolean {
    const stream = this.#stream;
    if (this.#finished || !this.#open() || stream.writableEnded) return true;
    this.responseBytes += bytes.length;
    // The bytes may be of a buffer that is read into again.
    if (stream.write(Buffer.from(bytes))) return true;
    if (!this.#awaitsDrain) stream.once("drain", this.#onDrain);
    this.#awaitsDrain = true;
    this.deadlineMs = this.#session.settings.deadlines.in(this.#session.settings.limits.streamIdleTimeoutMs);
    return false;
  }

  finish(trailers?: Fields): void {
    if (this.#finished) return;
    this.#finished = true;
    if (!this.#open()) return;
    this.#trailersOut = trailers;
    // Until it has closed: a caller that does not take the answer would keep it here for ever.
    this.deadlineMs = this.#session.settings.deadlines.in(this.#session.settings.limits.streamIdleTimeoutMs);
    this.#stream.end();
    if (!this.#received) this.#discardRequest();
  }

  detach(): DetachedWire {
    throw new RequestFailure("NOT_ALLOWED", "a request of HTTP/2 cannot become a tunnel here");
  }

  abort(): void {
    if (this.#finished && this.#stream.writableEnded) return;
    this.#finished = true;
    this.#stream.close(this.gone ? errorCodes.cancel : errorCodes.internalError);
  }

  expire(): void {
    const { limits } = this.#session.settings;
    if (this.#finished || this.#received) this.#stream.close(errorCodes.cancel);
    else if (this.#pace.enough(this.requestBytes)) this.deadlineMs = this.#pace.next(this.requestBytes);
    else
      this.onBodyFailure?.(
        new ParseFailure("body-timeout", `nothing of the body came for ${limits.streamIdleTimeoutMs} ms`),
      );
  }

  readonly #sendTrailers = (): void => {
    this.#stream.sendTrailers(this.#trailersOut ? trailerObject(this.#trailersOut) : {});
  };

  readonly #onClose = (): void => {
    const { settings } = this.#session;
    settings.deadlines.delete(this);
    const early = !this.#finished;
    this.#session.closed(early);
    if (!early) return;
    this.gone = true;
    const failure = this.#malformed();
    if (failure && this.onBodyFailure) this.onBodyFailure(failure);
    else this.onGone?.();
  };

  /** nghttp2 resets a stream whose body is not as long as it was said to be (RFC 9113 8.1.1). */
  #malformed(): ParseFailure | undefined {
    if (this.#stream.rstCode !== errorCodes.protocolError || this.framing.kind !== "length") return undefined;
    return new ParseFailure("content-length", "the body is not as long as Content-Length says");
  }

  readonly #onDrain = (): void => {
    this.#awaitsDrain = false;
    if (this.#finished) return;
    this.deadlineMs = Number.POSITIVE_INFINITY;
    this.onWritable?.();
  };

  /** The answer is over before the request: what still comes is thrown away until the caller is told to stop. */
  #discardRequest(): void {
    const stream = this.#stream;
    stream.resume();
    // Behind the answer's last frame, which a reset would overtake (RFC 9113 8.1).
    stream.once("finish", () => setImmediate(() => setImmediate(() => stream.close(errorCodes.noError))));
  }

  #awaitBody(): void {
    this.deadlineMs = this.#pace.next(this.requestBytes);
  }

  #open(): boolean {
    return !this.#stream.closed && !this.#stream.destroyed;
  }
}

function ignore(): void {}
