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
/** Bodies below this are decoded unseen: whatever is in them, it is not much. */
const smallBody = 128 * 1024;

/**
 * Keeps the process within a bound whatever comes: refuses requests, to be sent again, while memory is short, and for
 * good those that would not fit at any time.
 */
export class MemoryLimiter {
  readonly #settings: MemoryLimiterSettings;
  /** What the process has besides V8's heap and buffers: its code, mostly. */
  readonly #baseBytes: number;
  #usedBytes = 0;
  #readMs = Number.NEGATIVE_INFINITY;
  /** In use after the last collection that was asked for; what has been added since may be garbage. */
  #liveBytes = 0;
  #collectedMs = Number.NEGATIVE_INFINITY;
  #collectionMs = firstCollectionMs;

  constructor(settings: MemoryLimiterSettings) {
    this.#settings = settings;
    const { rss, heapTotal, external } = settings.read();
    this.#baseBytes = Math.max(0, rss - heapTotal - external);
  }

  /** Bytes in use at the last reading, the process's code included. */
  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Throws a {@link Refusal} while memory is short. */
  check(): void {
    const { now, limitBytes, spikeBytes, collectGarbage } = this.#settings;
    const nowMs = now();
    if (nowMs - this.#readMs >= checkIntervalMs) this.#read(nowMs);
    const softBytes = limitBytes - spikeBytes;
    if (this.#usedBytes < softBytes) {
      this.#liveBytes = 0;
      this.#collectionMs = firstCollectionMs;
      return;
    }
    if (nowMs - this.#collectedMs >= this.#collectionMs) {
      collectGarbage();
      this.#read(nowMs);
      this.#liveBytes = this.#usedBytes;
      this.#collectedMs = nowMs;
      const helped = this.#usedBytes < softBytes;
      this.#collectionMs = helped ? firstCollectionMs : Math.min(lastCollectionMs, 2 * this.#collectionMs);
    }
    if (this.#liveBytes >= softBytes || this.#usedBytes >= limitBytes)
      throw new Refusal("overloaded", "the collector is short of memory; send it again later");
  }

  /** Throws a {@link Refusal} for a body that takes more memory to decode than there is at any time. */
  checkBody({ signal, encoding, body }: OtlpRequest): void {
    if (body.length <= smallBody) return;
    const { spikeBytes } = this.#settings;
    if (decodedSize(signal, encoding, body) > spikeBytes)
      throw new Refusal(
        "tooLarge",
        `the request holds more than fits into ${Math.round(spikeBytes / mebibyte)} MiB of memory; send fewer items at a time`,
      );
  }

  #read(nowMs: number): void {
    const { heapUsed, external } = this.#settings.read();
    this.#usedBytes = this.#baseBytes + heapUsed + external;
    this.#readMs = nowMs;
  }
}

const mebibyte = 1024 * 1024;
