import { writeSync, writevSync } from "node:fs";
import { type OnReadOpts, Socket, type SocketConstructorOpts } from "node:net";
import { descriptorOf, takeHandle } from "./take-handle.ts";
import type { Wires } from "./wires.ts";

/** Up to this size copying bytes behind a head costs less than a second system call. */
const copyBytes = 8 * 1024;
/** A read of this size is taken for a part of a large body. */
const largeReadBytes = 32 * 1024;
/** What is gathered is not held back beyond this. */
const gatherBytes = 64 * 1024;

/**
 * One socket: reads are pushed to `onData`, small writes are gathered and leave together. Bytes given to `onData`
 * are valid during the call only: whoever wants them longer copies them.
 */
export class Wire {
  /** Must be set before the event loop turns. */
  onData: (bytes: Buffer) => void = ignore;
  /** The socket takes bytes again after `write` or `send` said no. */
  onDrain: () => void = ignore;
  /** The peer sends no more. */
  onEnd: () => void = ignore;
  /** Nothing comes after it. `error`: what broke the connection, where something did. */
  onClose: (error: Error | undefined) => void = ignore;

  readonly #wires: Wires;
  #socket!: Socket;
  #gathered = "";
  #scheduled = false;
  #error: Error | undefined;
  /** What is written goes to the kernel as it is. Not so with TLS, whose socket has a descriptor, too. */
  #direct = false;
  /** The buffer of this socket alone, while it has one. */
  #own: Buffer | undefined;

  private constructor(wires: Wires) {
    this.#wires = wires;
  }

  /** A wire that reads into the buffers of `wires`; `open` makes its socket. */
  static reading(wires: Wires, open: (onread: OnReadOpts) => Socket): Wire {
    const wire = new Wire(wires);
    wire.#direct = true;
    const socket = open({
      buffer: () => wire.#nextBuffer(),
      callback: (length, bytes) => {
        wire.#read(bytes as Buffer, length);
        return true;
      },
    });
    wire.#listen(socket);
    return wire;
  }

  static over(wires: Wires, socket: Socket): Wire {
    const wire = new Wire(wires);
    wire.#listen(socket);
    socket.on("data", (bytes: Buffer) => wire.onData(bytes));
    return wire;
  }

  get socket(): Socket {
    return this.#socket;
  }

  get remoteAddress(): string {
    return this.#socket.remoteAddress ?? "";
  }

  get destroyed(): boolean {
    return this.#socket.destroyed;
  }

  /** The peer has ended its side, and that has been read. */
  get ended(): boolean {
    return this.#socket.readableEnded;
  }

  /** False once either side has begun to close. */
  get usable(): boolean {
    return this.#socket.readable && this.#socket.writable;
  }

  /** Gathers latin1 text, which leaves with the next `send` or `flush`, or at the end of this turn. */
  write(text: string): void {
    if (this.#gathered === "" && !this.#scheduled) {
      this.#scheduled = true;
      this.#wires.flushLater(this);
    }
    this.#gathered += text;
    if (this.#gathered.length > gatherBytes) this.flush();
  }

  /** Sends bytes, behind what was gathered. False asks to wait for `onDrain`. */
  send(bytes: Buffer): boolean {
    if (bytes.length <= copyBytes) {
      this.write(bytes.toString("latin1"));
      return !this.#socket.writableNeedDrain;
    }
    const gathered = this.#gathered;
    this.#gathered = "";
    return this.#put(gathered, bytes);
  }

  flush(): void {
    this.#scheduled = false;
    const gathered = this.#gathered;
    if (gathered === "") return;
    this.#gathered = "";
    if (this.#socket.writable) this.#put(gathered, undefined);
  }

  /**
   * Gives the kernel what it takes at once, out of the memory where it lies; only what it does not take goes the
   * way of the socket, which waits. False asks to wait for `onDrain`.
   */
  #put(text: string, bytes: Buffer | undefined): boolean {
    const socket = this.#socket;
    const total = text.length + (bytes?.length ?? 0);
    const descriptor =
      this.#direct && socket.writableLength === 0 && socket.writable ? descriptorOf(socket) : -1;
    const written = descriptor < 0 ? 0 : tryWrite(descriptor, text, bytes);
    if (written === total) return true;
    if (written < text.length) socket.write(text.slice(written), "latin1");
    if (bytes) this.#queue(bytes.subarray(Math.max(0, written - text.length)));
    return !socket.writableNeedDrain;
  }

  #queue(bytes: Buffer): void {
    const shared = bytes.buffer === this.#wires.shared.buffer;
    // The shared buffer is overwritten by the next read, whether these bytes have left by then or not.
    this.#socket.write(shared ? Buffer.from(bytes) : bytes);
    if (!shared && this.#socket.writableLength > 0) this.#wires.lend(bytes.buffer);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Ends the sending side. */
  end(): void {
    this.flush();
    this.#socket.end();
  }

  destroy(): void {
    this.#gathered = "";
    this.#socket.destroy();
  }

  /** Breaks the connection off with a reset, which no peer can take for an orderly end. */
  reset(): void {
    this.#gathered = "";
    if (this.#direct) this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  /** Makes an ordinary socket of it, paused, that reads `first` before anything else. The wire is over. */
  toSocket(first: Buffer): Socket {
    this.flush();
    this.onData = this.onDrain = this.onEnd = this.onClose = ignore;
    const before = this.#socket as unknown as { _handle: { readStop(): void; reading: boolean } | null };
    const raw = before._handle;
    raw?.readStop();
    if (raw) raw.reading = false;
    const handle = takeHandle(this.#socket);
    const socket = new Socket({ handle, pauseOnCreate: true, allowHalfOpen: true } as SocketConstructorOpts);
    if (first.length > 0) socket.unshift(Buffer.from(first));
    return socket;
  }

  #listen(socket: Socket): void {
    this.#socket = socket;
    socket.on("drain", () => this.onDrain());
    socket.on("end", () => this.onEnd());
    socket.on("error", (error) => {
      this.#error = error;
    });
    socket.on("close", () => {
      this.#release();
      this.onClose(this.#error);
    });
  }

  #read(bytes: Buffer, length: number): void {
    const whole = length === bytes.length;
    this.onData(whole ? bytes : bytes.subarray(0, length));
    if (length >= largeReadBytes) this.#own ??= this.#wires.takePrivate();
    else if (length < copyBytes) this.#release();
  }

  #nextBuffer(): Buffer {
    if (this.#own && this.#wires.isLent(this.#own.buffer)) this.#own = this.#wires.takePrivate();
    return this.#own ?? this.#wires.shared;
  }

  #release(): void {
    const own = this.#own;
    if (own === undefined) return;
    this.#own = undefined;
    this.#wires.givePrivate(own);
  }
}

/** How much of it the kernel took; 0 also where it is full or the connection broken, which the socket then finds. */
function tryWrite(descriptor: number, text: string, bytes: Buffer | undefined): number {
  try {
    if (bytes === undefined) return writeSync(descriptor, text, null, "latin1");
    if (text === "") return writeSync(descriptor, bytes);
    return writevSync(descriptor, [Buffer.from(text, "latin1"), bytes]);
  } catch {
    return 0;
  }
}

function ignore(): void {}
