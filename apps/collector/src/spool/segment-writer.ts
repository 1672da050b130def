import { type FileHandle, rm } from "node:fs/promises";
import type { Disk } from "./disk.ts";
import { encodeHeader, recordBytes, type SpoolRequest } from "./record.ts";
import { type Segment, segmentAt } from "./segment.ts";
import { SpoolFailed } from "./spool-errors.ts";
import { writeAll } from "./write-all.ts";

export interface SegmentWriterSettings {
  readonly directory: string;
  readonly disk: Disk;
  /** A file that has grown to this is followed by the next one. */
  readonly segmentBytes: number;
  /** Of the first file that is made. */
  readonly firstId: number;
  /** A file whose first records have just become durable, or that was full: it is counted before they are acknowledged. */
  readonly onSegment: (segment: Segment) => void;
}

interface Waiting {
  readonly request: SpoolRequest;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: SpoolFailed) => void;
}

interface OpenSegment {
  readonly segment: Segment;
  readonly file: FileHandle;
}

/** One fsync for so many bytes or records at most; two buffers a record, and the system takes 1,024 (IOV_MAX). */
const maxGroupBytes = 8 * 1024 * 1024;
const maxGroupRecords = 500;

/**
 * Appends records to segments. What comes while a group is being written and synced makes up the next group, so that
 * a slow disk makes groups larger, not more.
 *
 * After any failure the file is cut back and left for a new one. A failed fsync says that pages may be lost and that
 * the next fsync of the same file may succeed all the same, so nothing is ever appended behind it.
 */
export class SegmentWriter {
  readonly #settings: SegmentWriterSettings;
  #nextId: number;
  #waiting: Waiting[] = [];
  #pendingBytes = 0;
  #open: OpenSegment | undefined;
  #running: Promise<void> | undefined;

  constructor(settings: SegmentWriterSettings) {
    this.#settings = settings;
    this.#nextId = settings.firstId;
  }

  /** Bytes that are not on disk yet. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Resolves when the record is on disk for good; throws {@link SpoolFailed}. The body must not change meanwhile. */
  append(request: SpoolRequest): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const bytes = recordBytes(request);
    this.#waiting.push({ request, bytes, resolve, reject });
    this.#pendingBytes += bytes;
    this.#running ??= this.#run();
    return promise;
  }

  /** Whether nothing will be appended to this segment any more; one that is open is closed for that if nothing is under way. */
  leave(segment: Segment): boolean {
    if (this.#open?.segment !== segment) return true;
    if (this.#running) return false;
    void this.#closeFile();
    return true;
  }

  /** Writes what was appended before. */
  async close(): Promise<void> {
    await this.#running;
    await this.#closeFile();
  }

  async #run(): Promise<void> {
    // Whatever is appended in the same turn is one group.
    await undefined;
    while (this.#waiting.length > 0) {
      const group = this.#take();
      const failure = await this.#write(group);
      for (const { bytes, resolve, reject } of group) {
        this.#pendingBytes -= bytes;
        if (failure) reject(failure);
        else resolve();
      }
    }
    this.#running = undefined;
  }

  /** As many as fit into the file; always one, however large. */
  #take(): Waiting[] {
    const room = this.#settings.segmentBytes - (this.#open?.segment.bytes ?? 0);
    const limit = Math.min(room, maxGroupBytes);
    let bytes = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      bytes += waiting.bytes;
      if (count > 0 && (bytes > limit || count >= maxGroupRecords)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #write(group: readonly Waiting[]): Promise<SpoolFailed | undefined> {
    const buffers = group.flatMap(({ request }) => [encodeHeader(request), request.body]);
    const bytes = group.reduce((sum, waiting) => sum + waiting.bytes, 0);
    try {
      this.#open ??= await this.#create();
      const { file, segment } = this.#open;
      await writeAll(file, buffers, segment.bytes);
      await file.datasync();
      if (segment.bytes === 0) await this.#settings.disk.syncDirectory(this.#settings.directory);
      if (segment.bytes === 0) this.#settings.onSegment(segment);
      segment.bytes += bytes;
      segment.requests += group.length;
      if (segment.bytes >= this.#settings.segmentBytes) await this.#closeFile();
      return undefined;
    } catch (error) {
      await this.#abandon();
      return new SpoolFailed(error);
    }
  }

  async #create(): Promise<OpenSegment> {
    const { directory, disk } = this.#settings;
    const segment = segmentAt(directory, this.#nextId++);
    return { segment, file: await disk.create(segment.path) };
  }
  /** Best effort: whatever of the group stays on disk was acknowledged to nobody, and sent again it is known by its digest. */
  async #abandon(): Promise<void> {
    const left = this.#open;
    if (!left) return;
    await (left.segment.bytes === 0 ? rm(left.segment.path) : left.file.truncate(left.segment.bytes)).catch(
      () => {},
    );
    await this.#closeFile();
  }

  async #closeFile(): Promise<void> {
    const left = this.#open;
    this.#open = undefined;
    // All that counts has been synced.
    await left?.file.close().catch(() => {});
  }
}
