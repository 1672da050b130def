import type { BodySink } from "./chunked-reader.ts";
import type { Framing } from "./framing.ts";
import type { ParseFailure } from "./parse-failure.ts";
import type { RequestHead } from "./request-head.ts";
import type { ServerConnection } from "./server-connection.ts";
import type { DetachedSocket } from "./server-settings.ts";

/** One request of a caller and the way back to it. */
export class ServerStream {
  readonly head: RequestHead;
  readonly framing: Framing;
  /** A final head has been written: no other answer is possible. */
  answered = false;
  /** The caller takes bytes again after `body` said no. */
  onWritable: (() => void) | undefined;
  /** The caller's connection is gone. */
  onGone: (() => void) | undefined;
  /** The request's body is malformed, or ended early. */
  onBodyFailure: ((failure: ParseFailure) => void) | undefined;

  readonly #connection: ServerConnection;
  #finished = false;
  #responseBytes = 0;
  #requestBytes = 0;

  constructor(connection: ServerConnection, head: RequestHead, framing: Framing) {
    this.#connection = connection;
    this.head = head;
    this.framing = framing;
  }

  get peerAddress(): string {
    return this.#connection.socket.remoteAddress ?? "";
  }

  get authority(): string | undefined {
    return this.#connection.settings.authority;
  }

  get gone(): boolean {
    return this.#connection.socket.destroyed;
  }

  /** Whether a response head must say `Connection: close`. */
  get mustClose(): boolean {
    return this.#connection.mustClose;
  }

  /** Payload bytes of the request read so far. */
  get requestBytes(): number {
    return this.#finished ? this.#requestBytes : this.#connection.requestBytes;
  }

  /** Bytes of the response's body written so far. */
  get responseBytes(): number {
    return this.#responseBytes;
  }

  /** Starts the flow of the request's body. */
  readBody(sink: BodySink): void {
    this.#connection.attachBody(sink);
  }

  pauseBody(): void {
    if (!this.#finished) this.#connection.pauseBody();
  }

  resumeBody(): void {
    if (!this.#finished) this.#connection.resumeBody();
  }

  /** An interim answer (1xx). */
  interim(text: string): void {
    if (!this.#finished) this.#connection.writer.head(text);
  }

  /** The final head, ending with the empty line. */
  respond(text: string): void {
    if (this.#finished) return;
    this.answered = true;
    this.#connection.writer.head(text);
  }

  /** A part of the body as it goes on the wire. False asks to wait for `onWritable`. */
  body(bytes: Buffer): boolean {
    if (this.#finished) return true;
    this.#responseBytes += bytes.length;
    return this.#connection.write(bytes);
  }

  flush(): void {
    if (!this.#finished) this.#connection.writer.flush();
  }

  /** The answer is over; `tail` is what ends a chunked body. With `close` the connection ends too. */
  finish(tail?: string, close = false): void {
    if (this.#finished) return;
    this.#requestBytes = this.#connection.requestBytes;
    this.#finished = true;
    if (tail !== undefined) this.#connection.writer.head(tail);
    this.#connection.finish(close);
  }

  /** Takes the socket out of HTTP, for a tunnel. */
  detach(): DetachedSocket {
    this.#requestBytes = this.#connection.requestBytes;
    this.#finished = true;
    return this.#connection.detach();
  }

  /** Breaks the connection off, so that the caller cannot take half an answer for a whole one. */
  abort(): void {
    this.#requestBytes = this.#connection.requestBytes;
    this.#finished = true;
    this.#connection.destroy();
  }
}
