import type { Socket } from "node:net";

/** Up to this size copying a body's first bytes behind its head costs less than a second system call. */
const copyLimitBytes = 4096;

/**
 * Holds a head back until the first bytes of its body or the end of the same read, so that a small message leaves
 * in one write. Whoever writes a head calls `flush` before it returns to the event loop.
 */
export class HeadWriter {
  readonly #socket: Socket;
  #held = "";

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  head(text: string): void {
    this.#held = this.#held === "" ? text : this.#held + text;
  }

  /** False asks the caller to wait for `drain`. */
  body(bytes: Buffer): boolean {
    const held = this.#held;
    if (held === "") return this.#socket.write(bytes);
    this.#held = "";
    if (bytes.length <= copyLimitBytes) return this.#socket.write(held + bytes.toString("latin1"), "latin1");
    this.#socket.cork();
    this.#socket.write(held, "latin1");
    const writable = this.#socket.write(bytes);
    this.#socket.uncork();
    return writable;
  }

  flush(): void {
    if (this.#held === "") return;
    const held = this.#held;
    this.#held = "";
    this.#socket.write(held, "latin1");
  }
}
