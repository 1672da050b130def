import { connect, type NetConnectOpts, Socket, type SocketConstructorOpts } from "node:net";
import { takeHandle } from "./take-handle.ts";
import { Wire } from "./wire.ts";

/** As much as one read takes from the kernel where many sockets share the memory. */
const sharedBytes = 64 * 1024;
/** As much as one read takes where a large body flows. */
const privateBytes = 256 * 1024;
const maxSparePrivate = 8;

/**
 * The sockets of one thread, and what they share. Node gives every read memory of its own, which is most of the
 * garbage of a proxy of small messages: here all sockets read into one buffer, whose bytes must be used or copied
 * before the next read, and only where a large body flows a socket has a buffer of its own for a while, which it
 * then passes on without copying. Small writes of one turn of the event loop leave together at its end, while the
 * processes that they wake are awake (measured: docs/adr/0011-wires.md).
 */
export class Wires {
  readonly shared: Buffer = Buffer.allocUnsafeSlow(sharedBytes);
  readonly #spare: Buffer[] = [];
  readonly #lent = new WeakSet<ArrayBufferLike>();
  #waiting: Wire[] = [];
  #scheduled = false;

  /** Takes a connection of a server that listens with `pauseOnConnect`: nothing may have been read from it. */
  accept(socket: Socket): Wire {
    const handle = takeHandle(socket);
    if (handle === undefined) return this.over(socket);
    return Wire.reading(
      this,
      (onread) => new Socket({ handle, allowHalfOpen: true, onread } as SocketConstructorOpts),
    );
  }

  /** A wire whose socket is connecting: wait for its socket's `connect`. */
  connect(options: NetConnectOpts): Wire {
    return Wire.reading(this, (onread) => connect({ ...options, onread }));
  }

  /** Any other stream of bytes, such as TLS: each read has memory of its own. */
  over(socket: Socket): Wire {
    return Wire.over(this, socket);
  }

  /** Flushes `wire` at the end of this turn of the event loop. */
  flushLater(wire: Wire): void {
    this.#waiting.push(wire);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#flushAll);
  }

  /** A buffer for one socket's reads alone. */
  takePrivate(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(privateBytes);
  }

  givePrivate(buffer: Buffer): void {
    if (!this.#lent.has(buffer.buffer) && this.#spare.length < maxSparePrivate) this.#spare.push(buffer);
  }

  /** A write that the kernel has not taken yet still reads from this memory: it is not read into again. */
  lend(memory: ArrayBufferLike): void {
    this.#lent.add(memory);
  }

  isLent(memory: ArrayBufferLike): boolean {
    return this.#lent.has(memory);
  }

  readonly #flushAll = (): void => {
    this.#scheduled = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wire of waiting) wire.flush();
  };
}
