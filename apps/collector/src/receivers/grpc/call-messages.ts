import type { ServerHttp2Stream } from "node:http2";
import { SenderGone } from "../read-body.ts";
import { Refusal } from "../refusal.ts";
import { inflateMessage, type MessageCoding, messageTooLarge } from "./inflate-message.ts";

export interface CallMessagesSettings {
  /** Of compressed messages; undefined: the call named none. */
  readonly coding: MessageCoding | undefined;
  readonly maxBytes: number;
}

/** Compressed-Flag and Message-Length (gRPC over HTTP/2: Length-Prefixed-Message). */
const headBytes = 5;

interface Head {
  readonly compressed: boolean;
  readonly length: number;
}

/**
 * The messages of one call, read one by one and only when asked for: what is not asked for stays with the sender, who
 * may send no more than HTTP/2's flow control lets it. Call `next`, then `read` or `discard`, and so on.
 */
export class CallMessages {
  readonly #stream: ServerHttp2Stream;
  readonly #settings: CallMessagesSettings;
  /** Taken off the stream, but not asked for yet. */
  #ahead: Buffer = Buffer.alloc(0);
  #head: Head | undefined;
  /** Bytes of the message under way that are still to come. */
  #missing = 0;
  #ended = false;
  #stopped = false;
  #wake: (() => void) | undefined;

  constructor(stream: ServerHttp2Stream, settings: CallMessagesSettings) {
    this.#stream = stream;
    this.#settings = settings;
    const wake = (): void => this.#wake?.();
    stream.on("readable", wake).on("close", wake);
    stream.on("end", () => {
      this.#ended = true;
      wake();
    });
  }

  /** From now on there is no next message; one that is being read is read to its end. */
  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Of the message that `next` found, as it comes: bytes, before decompression. */
  get length(): number {
    return this.#head?.length ?? 0;
  }

  /** Waits for the next message to begin; false when no more will come. Throws {@link SenderGone} or a {@link Refusal}. */
  async next(): Promise<boolean> {
    while (this.#ahead.length < headBytes) {
      if (this.#stopped) return false;
      const chunk = await this.#chunk();
      if (chunk) this.#ahead = this.#ahead.length === 0 ? chunk : Buffer.concat([this.#ahead, chunk]);
      else if (this.#stopped || this.#ahead.length === 0) return false;
      else throw truncated();
    }
    const flag = this.#ahead.readUInt8(0);
    if (flag > 1) throw new Refusal("malformed", `a message cannot begin with the byte ${flag}`);
    this.#head = { compressed: flag === 1, length: this.#ahead.readUInt32BE(1) };
    this.#missing = this.#head.length;
    this.#ahead = this.#ahead.subarray(headBytes);
    return true;
  }

  /**
   * The message that `next` found, decompressed. `hold` is told of every piece before it is kept, and throws where there
   * is no room; the rest can be discarded then. Throws a {@link Refusal} (tooLarge, malformed, what `hold` throws) or
   * {@link SenderGone}.
   */
  async read(hold: (bytes: number) => void): Promise<Buffer> {
    const { compressed, length } = this.#head ?? { compressed: false, length: 0 };
    const { coding, maxBytes } = this.#settings;
    if (length > maxBytes) throw messageTooLarge(maxBytes);
    if (compressed && !coding)
      throw new Refusal("malformed", "the message is compressed, but grpc-encoding does not say how");
    const parts: Buffer[] = [];
    while (this.#missing > 0) {
      const part = await this.#part();
      hold(part.length);
      parts.push(part);
    }
    const body = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, length);
    return compressed && coding ? inflateMessage(body, coding, maxBytes, hold) : body;
  }

  /** Reads over what is left of the message, and keeps nothing of it. */
  async discard(): Promise<void> {
    while (this.#missing > 0) await this.#part();
  }

  async #part(): Promise<Buffer> {
    const chunk = this.#ahead.length > 0 ? this.#ahead : await this.#chunk({ evenIfStopped: true });
    if (!chunk) throw truncated();
    const part = chunk.subarray(0, this.#missing);
    this.#ahead = chunk.subarray(part.length);
    this.#missing -= part.length;
    return part;
  }

  /** What the stream has; undefined at its end, or when told to stop. */
  async #chunk({ evenIfStopped } = { evenIfStopped: false }): Promise<Buffer | undefined> {
    for (;;) {
      const chunk = this.#stream.read() as Buffer | null;
      if (chunk) return chunk;
      // node:http2 says `end` of a reset call, too; the stream of one that has ended is open, for it has no answer yet.
      if (this.#stream.closed || this.#stream.destroyed) throw new SenderGone();
      if (this.#ended) return undefined;
      if (this.#stopped && !evenIfStopped) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function truncated(): Refusal {
  return new Refusal("malformed", "the call ends within a message");
}
