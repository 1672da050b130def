import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Exchange, Target } from "../exchanges.ts";
import type { Caller } from "./caller.ts";

/** One for all connections: what is read is looked at and forgotten. */
const readBuffer = Buffer.allocUnsafe(256 * 1024);
const headEnd = Buffer.from("\r\n\r\n");
const firstBytes = Buffer.from("HTTP/1.1 200");

export async function openHttp1Caller(target: Target, exchange: Exchange): Promise<Caller> {
  const caller = new Http1Caller(target, exchange);
  await caller.connected();
  return caller;
}

/** Knows how long the answer is, holds the first head to it, and then only counts bytes. */
class Http1Caller implements Caller {
  readonly #socket: Socket;
  readonly #request: Buffer;
  readonly #answerBytes: number;
  #done: ((failure?: Error) => void) | undefined;
  #failure: Error | undefined;
  #bodyLeft = 0;
  #partialHead = "";
  #checked = false;

  constructor({ port, host }: Target, { method, path, bodyBytes, answerBytes }: Exchange) {
    const length = method === "POST" ? `Content-Length: ${bodyBytes}\r\n` : "";
    const head = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: bench\r\nAccept: */*\r\n${length}\r\n`;
    this.#request = Buffer.from(head + "x".repeat(bodyBytes), "latin1");
    this.#answerBytes = answerBytes;
    this.#socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (bytes) => {
          this.#read(bytes);
          return true;
        },
      },
    });
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", () => this.#fail(new Error("the connection was closed")));
  }

  async connected(): Promise<void> {
    if (this.#socket.connecting) await once(this.#socket, "connect");
  }

  call(done: (failure?: Error) => void): void {
    this.#done = done;
    if (this.#failure) this.#fail(this.#failure);
    else this.#socket.write(this.#request);
  }

  close(): void {
    this.#done = undefined;
    this.#socket.destroy();
  }

  #read(bytes: number): void {
    if (this.#bodyLeft > 0) this.#endUnless(this.#bodyLeft - bytes);
    else {
      const end = this.#partialHead === "" ? readBuffer.subarray(0, bytes).indexOf(headEnd) : -1;
      if (end < 0 || !this.#checked) this.#readFirstHead(bytes);
      else if (readBuffer.compare(firstBytes, 0, firstBytes.length, 0, firstBytes.length) !== 0)
        this.#fail(new Error(`answered ${readBuffer.toString("latin1", 0, end)}`));
      else this.#endUnless(this.#answerBytes - (bytes - end - headEnd.length));
    }
  }

  /** The slow way: of the first answer, and of a head that came in pieces. */
  #readFirstHead(bytes: number): void {
    const text = this.#partialHead + readBuffer.toString("latin1", 0, bytes);
    const end = text.indexOf("\r\n\r\n");
    this.#partialHead = end < 0 ? text : "";
    if (end < 0) return;
    const head = text.slice(0, end + 2);
    const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1];
    this.#checked = head.startsWith("HTTP/1.1 200") && Number(length) === this.#answerBytes;
    if (this.#checked) this.#endUnless(this.#answerBytes - (text.length - end - headEnd.length));
    else this.#fail(new Error(`answered ${head.trimEnd()}`));
  }

  #endUnless(bodyLeft: number): void {
    this.#bodyLeft = bodyLeft;
    if (bodyLeft < 0) this.#fail(new Error("answered more than was asked for"));
    if (bodyLeft !== 0) return;
    const done = this.#done;
    this.#done = undefined;
    done?.();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    const done = this.#done;
    this.#done = undefined;
    this.#socket.destroy();
    done?.(this.#failure);
  }
}
