import type { OtlpRequest } from "../../intake.ts";
import { Refusal } from "../../receivers/refusal.ts";
import { decodedSize } from "./decoded-size.ts";

/** The process's memory, in bytes. */
export interface MemoryReading {
  /** Resident, all in all. */
  readonly rss: number;
  /** V8's heap: what it has taken from the system, and what of that is in use, garbage included. */
  readonly heapTotal: number;
  readonly heapUsed: number;
  /** Buffers and the like, outside of the heap. */
  readonly external: number;
}

export interface MemoryLimiterSettings {
  /** What the process may take in all. */
  readonly limitBytes: number;
  /** What decoding one request may add: from the limit less this on it refuses, to be sent again later. */
  readonly spikeBytes: number;
  readonly read: () => MemoryReading;
  /** Collects all garbage; takes some hundred milliseconds. */
  readonly collectGarbage: () => void;
  /** Milliseconds, from any origin. */
  readonly now: () => number;
}

/** How old a reading may be. */
const checkIntervalMs = 50;
/** Between two collections; longer after each that did not help, as long as none does (OpenTelemetry: memory_limiter). */
const [firstCollectionMs, lastCollectionMs] = [1000, 30_000];
/** The same where a body needs the room. */
const betweenBodiesMs = 250;
/** Of the limit, left free by what is decoded: estimates are estimates, and buffers fall due while one body is read. */
const reserveBytes = 32 * 1024 * 1024;
/** Bodies below this are decoded unseen: whatever is in them, it is not much. */
const smallBody = 128 * 1024;

/**
 * Keeps the process within a bound whatever comes. Collects garbage when the process has grown, and refuses requests, to be
 * sent again, for as long as that does not help; for good those that would not fit at any time. Memory that is
 * resident but in use by nobody is no reason to refuse: what comes next goes there.
 */
export class MemoryLimiter {
  readonly #settings: MemoryLimiterSettings;
  /** What the process has besides V8's heap and buffers: its code, mostly. */
  readonly #baseBytes: number;
  #reading: MemoryReading;
  #readMs: number;
  /** In use after the last collection that was asked for; what has been added since may be garbage. */
  #liveBytes = 0;
  #collectedMs = Number.NEGATIVE_INFINITY;
  #collectionMs = firstCollectionMs;

  constructor(settings: MemoryLimiterSettings) {
    this.#settings = settings;
    this.#reading = settings.read();
    this.#readMs = settings.now();
    const { rss, heapTotal, external } = this.#reading;
    this.#baseBytes = Math.max(0, rss - heapTotal - external);
  }

  /** Bytes in use at the last reading, the process's code included. */
  get usedBytes(): number {
    return this.#baseBytes + this.#reading.heapUsed + this.#reading.external;
  }

  /** Throws a {@link Refusal} while memory is short. */
  check(): void {
    const { now, limitBytes } = this.#settings;
    const nowMs = now();
    if (nowMs - this.#readMs >= checkIntervalMs) this.#read(nowMs);
    if (!this.#hasGrown()) {
      this.#liveBytes = 0;
      this.#collectionMs = firstCollectionMs;
      return;
    }
    if (nowMs - this.#collectedMs >= this.#collectionMs) this.#collect(nowMs);
    if (this.#liveBytes >= this.#softBytes || this.usedBytes >= limitBytes) throw short();
  }

  /**
   * Throws a {@link Refusal} for a body that takes more memory to decode than there is at any time, or now. What is in
   * use has to be known for that: bodies of this size are few, so garbage is collected for one rather than it is refused.
   */
  checkBody({ signal, encoding, body }: OtlpRequest): void {
    if (body.length <= smallBody) return;
    const { spikeBytes } = this.#settings;
    const size = decodedSize(signal, encoding, body);
    if (size > spikeBytes)
      throw new Refusal(
        "tooLarge",
        `the request holds more than fits into ${Math.round(spikeBytes / mebibyte)} MiB of memory; send fewer items at a time`,
      );
    const nowMs = this.#settings.now();
    this.#read(nowMs);
    if (this.#hasRoomFor(size)) return;
    if (nowMs - this.#collectedMs >= betweenBodiesMs) this.#collect(nowMs);
    if (!this.#hasRoomFor(size)) throw short();
  }

  /** Decoding fills the pages that V8 has idle first; what else is resident, in use or not, stays. */
  #hasRoomFor(bytes: number): boolean {
    const { rss, heapTotal, heapUsed } = this.#reading;
    const occupied = Math.max(this.usedBytes, rss - (heapTotal - heapUsed));
    return occupied + bytes <= this.#settings.limitBytes - reserveBytes;
  }

  get #softBytes(): number {
    return this.#settings.limitBytes - this.#settings.spikeBytes;
  }

  #hasGrown(): boolean {
    return Math.max(this.#reading.rss, this.usedBytes) >= this.#softBytes;
  }

  #collect(nowMs: number): void {
    this.#settings.collectGarbage();
    this.#read(nowMs);
    this.#liveBytes = this.usedBytes;
    this.#collectedMs = nowMs;
    this.#collectionMs = this.#hasGrown()
      ? Math.min(lastCollectionMs, 2 * this.#collectionMs)
      : firstCollectionMs;
  }

  #read(nowMs: number): void {
    this.#reading = this.#settings.read();
    this.#readMs = nowMs;
  }
}

function short(): Refusal {
  return new Refusal("overloaded", "the collector is short of memory; send it again later");
}

const mebibyte = 1024 * 1024;
