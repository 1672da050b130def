/** As many bytes as are made at once: a text of them for some forty requests is cheaper than forty texts. */
const poolBytes = 1024;
const bytesPerWord = 4;

/** Random ids of traces and spans, never all zero (W3C Trace Context 3.2.2.3). */
export class SpanIds {
  readonly #random: () => number;
  readonly #bytes = Buffer.alloc(poolBytes);
  #digits = "";
  #next = 0;

  /** `random` gives a number in [0, 1). */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** 32 lower-case hexadecimal digits. */
  traceId(): string {
    return this.#take(32);
  }

  /** 16 lower-case hexadecimal digits. */
  spanId(): string {
    return this.#take(16);
  }

  #take(digits: number): string {
    for (;;) {
      if (this.#next + digits > this.#digits.length) this.#refill();
      const id = this.#digits.slice(this.#next, this.#next + digits);
      this.#next += digits;
      if (!isZero(id)) return id;
    }
  }

  #refill(): void {
    for (let i = 0; i < poolBytes; i += bytesPerWord)
      this.#bytes.writeUInt32LE((this.#random() * 0x1_0000_0000) >>> 0, i);
    this.#digits = this.#bytes.toString("hex");
    this.#next = 0;
  }
}

function isZero(id: string): boolean {
  return id.charCodeAt(0) === 0x30 && /^0+$/.test(id);
}
