import { rm } from "node:fs/promises";
import type { Aside } from "./aside.ts";
import type { CursorFile } from "./cursor-file.ts";
import type { Disk } from "./disk.ts";
import type { Gap } from "./read-records.ts";
import { type ReadLimits, readSegment, type SpooledRequest } from "./read-segment.ts";
import { recordBytes, type SpoolRequest } from "./record.ts";
import { damageMessage, type Recovered, type SpoolLog } from "./recover.ts";
import type { Segment } from "./segment.ts";
import type { SegmentWriter } from "./segment-writer.ts";
import { SpoolFailed, SpoolFull } from "./spool-errors.ts";

export type { ReadLimits, SpooledRequest };

export interface SpoolParts {
  readonly recovered: Recovered;
  readonly maxBytes: number;
  readonly log: SpoolLog;
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  readonly disk: Disk;
  readonly cursorFile: CursorFile;
  readonly aside: Aside;
  readonly createWriter: (onSegment: (segment: Segment) => void) => SegmentWriter;
  readonly release: () => void;
}

/** Since the spool was opened, what it found then included. */
export interface SpoolCounts {
  /** Cut off the end after a crash: never acknowledged. */
  readonly tornBytes: number;
  /** Was on disk and cannot be read any more: acknowledged requests were lost with it. */
  readonly damagedBytes: number;
  /** Taken out of the spool by {@link Spool.refuse}. */
  readonly refused: number;
  /** Those of `refused` that there was no room to keep. */
  readonly refusedLost: number;
  /** Requests that could not be made durable, and were not acknowledged. */
  readonly failed: number;
}

/** What is told of a disk that does not take requests. */
const failureEveryMs = 60_000;

/**
 * Requests on disk, in the order in which they came, until they are in the database. Append by any number of callers;
 * read and advance by one.
 */
export class Spool {
  readonly #parts: SpoolParts;
  readonly #writer: SegmentWriter;
  readonly #segments: Segment[];
  /** Consumed of the first segment. */
  #head: { readonly offset: number; readonly index: number };
  #oldestReceivedNs: bigint | undefined;
  /** Of files that are consumed and not removed yet. */
  #leavingBytes = 0;
  #removals: Promise<void> = Promise.resolve();
  #toldOfFailureMs = Number.NEGATIVE_INFINITY;
  readonly #counts: { -readonly [name in keyof SpoolCounts]: SpoolCounts[name] };

  constructor(parts: SpoolParts) {
    const { recovered } = parts;
    this.#parts = parts;
    this.#segments = [...recovered.segments];
    this.#head = { offset: recovered.offset, index: 0 };
    this.#oldestReceivedNs = recovered.oldestReceivedNs;
    this.#counts = {
      tornBytes: recovered.tornBytes,
      damagedBytes: recovered.damagedBytes,
      refused: 0,
      refusedLost: 0,
      failed: 0,
    };
    this.#writer = parts.createWriter((segment) => this.#segments.push(segment));
  }

  /** What waits to be consumed. */
  get depth(): { readonly requests: number; readonly bytes: number } {
    const sum = (of: "requests" | "bytes") =>
      this.#segments.reduce((total, segment) => total + segment[of], 0);
    return { requests: sum("requests") - this.#head.index, bytes: sum("bytes") - this.#head.offset };
  }

  /** What it takes up on disk, or is about to: consumed parts of files too, and what is kept aside. */
  get diskBytes(): number {
    const segments = this.#segments.reduce((sum, { bytes }) => sum + bytes, 0);
    return segments + this.#leavingBytes + this.#writer.pendingBytes + this.#parts.aside.bytes;
  }

  get maxBytes(): number {
    return this.#parts.maxBytes;
  }

  /** Of the oldest request, at most a batch too early; undefined: the spool is empty. */
  get oldestReceivedNs(): bigint | undefined {
    return this.#oldestReceivedNs;
  }

  get counts(): SpoolCounts {
    return { ...this.#counts };
  }

  /**
   * Resolves when the request will survive a crash of the process and of the machine.
   * Throws {@link SpoolFull} at once when there is no room, {@link SpoolFailed} when the disk does not take it; it goes on
   * working when there is room again. The body must not change meanwhile.
   */
  async append(request: SpoolRequest): Promise<void> {
    const { maxBytes } = this.#parts;
    if (this.diskBytes + recordBytes(request) > maxBytes) throw new SpoolFull(maxBytes);
    try {
      await this.#writer.append(request);
    } catch (error) {
      this.#counts.failed += 1;
      this.#tellOfFailure(error);
      await this.dropConsumed();
      throw error;
    }
    this.#oldestReceivedNs ??= request.receivedNs;
  }

  /** The oldest requests, which stay where they are: the same again until {@link advance}. Empty when there are none. */
  async read(limits: ReadLimits): Promise<readonly SpooledRequest[]> {
    const batch: SpooledRequest[] = [];
    for (const segment of [...this.#segments]) {
      const { requests, bytes } = segment;
      const more = await readSegment(segment, {
        ...{ batch, limits, disk: this.#parts.disk },
        from: segment === this.#segments[0] ? this.#head : { offset: 0, index: 0 },
        onGap: (gap) => this.#noteGap(segment, gap),
      });
      if (!more) break;
      if (batch.length > 0 || segment !== this.#segments[0]) continue;
      // Nothing of it can be read any more.
      this.#head = { offset: bytes, index: requests };
      await this.dropConsumed();
    }
    this.#oldestReceivedNs = batch[0]?.receivedNs ?? this.#oldestReceivedNs;
    return batch;
  }

  /** This request, and all before it, are in the database, or need not get there. */
  async advance(last: SpooledRequest): Promise<void> {
    const { segment: id, offset, index } = last.position;
    while (this.#segments[0] && this.#segments[0].id < id) this.#dropFirst();
    if (this.#segments[0]?.id !== id || index <= this.#head.index) return;
    this.#head = { offset, index };
    this.#parts.cursorFile.save({ segment: id, offset });
    this.#oldestReceivedNs = last.receivedNs;
    await this.dropConsumed();
  }

  /** Keeps a request aside that the database will never take. Throws {@link SpoolFailed}: then it must stay in the spool. */
  async refuse(request: SpoolRequest, reason: string): Promise<void> {
    const { aside, log } = this.#parts;
    const kept = await aside.keepRefused(request).catch((error: unknown) => {
      throw new SpoolFailed(error);
    });
    this.#counts.refused += 1;
    if (!kept) this.#counts.refusedLost += 1;
    const { signal, body } = request;
    if (kept)
      log.error(
        { signal, bytes: body.length, reason },
        "the database refused a spooled request; it is kept aside",
      );
    else
      log.error({ signal, bytes: body.length, reason }, "the database refused a spooled request; it is lost");
  }

  /** Gives back the space of files of which nothing is needed any more. */
  async dropConsumed(): Promise<void> {
    for (
      let first = this.#segments[0];
      first && this.#head.index >= first.requests && this.#writer.leave(first);
      first = this.#segments[0]
    )
      this.#dropFirst();
    if (this.depth.requests === 0) this.#oldestReceivedNs = undefined;
    await this.#removals;
  }

  /** Writes what was appended before, and gives the directory back. Nothing may be called any more. */
  async close(): Promise<void> {
    await this.#writer.close();
    await this.#removals;
    await this.#parts.cursorFile.flush();
    this.#parts.release();
  }

  /** A full disk turns away what is large and takes what is small: no line for each. */
  #tellOfFailure(error: unknown): void {
    const { now, log } = this.#parts;
    if (now() - this.#toldOfFailureMs < failureEveryMs) return;
    this.#toldOfFailureMs = now();
    const { failed } = this.#counts;
    log.error(
      { err: error, failed },
      "the spool cannot be written; what it does not take is not acknowledged",
    );
  }

  /** A part that is read again is told once. */
  #noteGap(segment: Segment, gap: Gap): void {
    if (gap.to <= segment.damagedTo) return;
    this.#counts.damagedBytes += gap.to - Math.max(gap.from, segment.damagedTo);
    segment.damagedTo = gap.to;
    this.#parts.log.error({ file: segment.path, ...gap }, damageMessage);
  }

  #dropFirst(): void {
    const first = this.#segments.shift();
    this.#head = { offset: 0, index: 0 };
    if (!first) return;
    this.#leavingBytes += first.bytes;
    this.#removals = this.#removals.then(() => this.#remove(first));
  }

  async #remove(segment: Segment): Promise<void> {
    const { aside, log } = this.#parts;
    try {
      if (segment.damagedTo === 0) await rm(segment.path, { force: true });
      else
        log.warn(
          { file: segment.path, kept: await aside.keepDamaged(segment) },
          "a damaged part of the spool is consumed",
        );
      this.#leavingBytes -= segment.bytes;
    } catch (error) {
      // It goes on to count as space that is taken; after a restart it is read again, which changes nothing.
      log.warn({ err: error, file: segment.path }, "a part of the spool that is consumed cannot be removed");
    }
  }
}
