import type { CallerStream, DetachedWire, HttpVersion } from "../stream/caller-stream.ts";
import { lastChunk, sendChunk } from "./chunk-encoding.ts";
import type { BodySink } from "./chunked-reader.ts";
import type { Fields } from "./fields.ts";
import type { Framing } from "./framing.ts";
import type { RequestHead } from "./request-head.ts";
import type { ResponseHead } from "./response-head.ts";
import type { ServerConnection } from "./server-connection.ts";
import { writeResponseHead, writeTrailers } from "./write-head.ts";

/** One request of a caller by HTTP/1.1 or 1.0, and the way back to it. */
export class ServerStream implements CallerStream {
  readonly version: HttpVersion;
  readonly head: RequestHead;
  readonly framing: Framing;
  answered = false;
  onWritable: (() => void) | undefined;
  onGone: (() => void) | undefined;
  onBodyFailure: ((failure: Error) => void) | undefined;

  readonly #connection: ServerConnection;
  #finished = false;
  #close = false;
  /** `raw`: chunks of the upstream pass; `encode`: they are made here. */
  #chunks: "none" | "raw" | "encode" = "none";
  #responseFields: Fields | undefined;
  #responseBytes = 0;
  #requestBytes = 0;

  constructor(connection: ServerConnection, head: RequestHead, framing: Framing) {
    this.#connection = connection;
    this.head = head;
    this.framing = framing;
    this.version = head.minorVersion === 0 ? "1.0" : "1.1";
  }

  get encrypted(): boolean {
    return this.#connection.settings.encrypted === true;
  }

  get peerAddress(): string {
    return this.#connection.wire.remoteAddress;
  }

  get authority(): string | undefined {
    return this.#connection.settings.authority;
  }

  get gone(): boolean {
    return this.#connection.wire.destroyed;
  }

  get mustClose(): boolean {
    return this.#connection.mustClose;
  }

  get requestBytes(): number {
    return this.#finished ? this.#requestBytes : this.#connection.requestBytes;
  }

  get responseBytes(): number {
    return this.#responseBytes;
  }

  readBody(sink: BodySink, raw: boolean): void {
    this.#connection.attachBody(sink, raw);
  }

  pauseBody(): void {
    if (!this.#finished) this.#connection.pauseBody();
  }

  resumeBody(): void {
    if (!this.#finished) this.#connection.resumeBody();
  }

  interim(head: ResponseHead): void {
    // HTTP/1.0 knows no interim responses (RFC 9110 15.2).
    if (!this.#finished && this.version !== "1.0") this.#connection.wire.write(writeResponseHead(head, {}));
  }

  respond(head: ResponseHead, framing: Framing, { raw = false, close = false } = {}): void {
    if (this.#finished) return;
    this.answered = true;
    const chunked = framing.kind === "chunked";
    // An HTTP/1.0 caller knows no chunks: it gets the payload, and the end of the connection as its end.
    if (chunked && this.version === "1.1") this.#chunks = raw ? "raw" : "encode";
    this.#responseFields = head.fields;
    this.#close = close || this.mustClose || framing.kind === "close";
    const coding =
      !chunked || this.#chunks === "raw" ? "keep" : this.#chunks === "encode" ? "chunked" : "none";
    this.#connection.wire.write(writeResponseHead(head, { close: this.#close, coding }));
  }

  body(bytes: Buffer): boolean {
    if (this.#finished) return true;
    this.#responseBytes += bytes.length;
    const { wire } = this.#connection;
    const writable = this.#chunks === "encode" ? sendChunk(wire, bytes) : wire.send(bytes);
    if (!writable) this.#connection.awaitDrain();
    return writable;
  }

  finish(trailers?: Fields): void {
    if (this.#finished) return;
    this.#requestBytes = this.#connection.requestBytes;
    this.#finished = true;
    if (this.#chunks !== "none") this.#endChunks(trailers);
    this.#connection.finish(this.#close);
  }

  detach(head?: ResponseHead): DetachedWire {
    this.#requestBytes = this.#connection.requestBytes;
    this.#finished = true;
    this.answered = true;
    if (head) this.#connection.wire.write(writeResponseHead(head, { upgrade: head.fields.list("upgrade") }));
    return this.#connection.detach();
  }

  abort(): void {
    this.#requestBytes = this.#connection.requestBytes;
    this.#finished = true;
    this.#connection.reset();
  }

  #endChunks(trailers: Fields | undefined): void {
    const { wire } = this.#connection;
    if (this.#chunks === "encode") wire.write(lastChunk);
    wire.write(trailers && this.#responseFields ? writeTrailers(trailers, this.#responseFields) : "\r\n");
  }
}
