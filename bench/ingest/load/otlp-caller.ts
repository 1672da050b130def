import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { decodeResponse, type Signal } from "@weir/telemetry/otlp";

/** What became of a request: taken in full, or to be sent again after some time. */
export type Answer = { readonly kind: "taken" } | { readonly kind: "later"; readonly afterMs: number };

/** Statuses after which a sender may send again (OTLP specification: OTLP/HTTP, retryable response codes). */
const retryable: readonly number[] = [429, 502, 503, 504];
const headEnd = Buffer.from("\r\n\r\n");

/** One connection that stays, with one request on it at a time. Plain sockets: the load must cost next to nothing. */
export class OtlpCaller {
  readonly #signal: Signal;
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #done: ((answer: Answer | Error) => void) | undefined;
  #failure: Error | undefined;

  static async open(port: number, signal: Signal): Promise<OtlpCaller> {
    const caller = new OtlpCaller(port, signal);
    await once(caller.#socket, "connect");
    return caller;
  }

  private constructor(port: number, signal: Signal) {
    this.#signal = signal;
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (chunk: Buffer) => this.#read(chunk));
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", () => this.#fail(new Error("the connection was closed")));
  }

  /** `done` once, with an error when the answer is anything but a full success or a request to come back. */
  send(message: Buffer, done: (answer: Answer | Error) => void): void {
    this.#done = done;
    if (this.#failure) this.#fail(this.#failure);
    else this.#socket.write(message);
  }

  close(): void {
    this.#done = undefined;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const end = this.#received.indexOf(headEnd);
    if (end < 0) return;
    const head = this.#received.toString("latin1", 0, end + 2);
    const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1];
    const bodyFrom = end + headEnd.length;
    if (length === undefined) this.#fail(new Error(`an answer without a length: ${head}`));
    if (length === undefined || this.#received.length < bodyFrom + Number(length)) return;
    const body = this.#received.subarray(bodyFrom);
    this.#received = Buffer.alloc(0);
    this.#end(this.#judge(head, body));
  }

  #judge(head: string, body: Buffer): Answer | Error {
    const status = Number(head.slice(9, 12));
    if (status === 200) {
      const partial = decodeResponse(this.#signal, body, "protobuf");
      return partial && partial.rejected > 0
        ? new Error(`${partial.rejected} were rejected: ${partial.errorMessage}`)
        : { kind: "taken" };
    }
    if (!retryable.includes(status)) return new Error(`answered ${head}`);
    return { kind: "later", afterMs: 1000 * Number(/\r\nretry-after: *(\d+)\r\n/i.exec(head)?.[1] ?? 1) };
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#socket.destroy();
    this.#end(this.#failure);
  }

  #end(answer: Answer | Error): void {
    const done = this.#done;
    this.#done = undefined;
    done?.(answer);
  }
}
