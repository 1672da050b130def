import type { Disk } from "./disk.ts";
import { type Gap, readRecords } from "./read-records.ts";
import { recordBytes, type SpoolRequest } from "./record.ts";
import type { Segment } from "./segment.ts";

/** A request as it was read, and its place in the spool. */
export interface SpooledRequest extends SpoolRequest {
  readonly position: Position;
}

export interface Position {
  readonly segment: number;
  /** Bytes of the segment up to and with the request. */
  readonly offset: number;
  /** Records of the segment up to and with the request, as {@link Segment} counts them. */
  readonly index: number;
}

export interface ReadLimits {
  /** Of records; a first one that is larger by itself comes alone. */
  readonly bytes: number;
  readonly requests: number;
}

export interface SegmentReading {
  readonly disk: Disk;
  /** Consumed of it. */
  readonly from: { readonly offset: number; readonly index: number };
  /** What was read before, of other segments; what fits is added to it. */
  readonly batch: SpooledRequest[];
  readonly limits: ReadLimits;
  readonly onGap: (gap: Gap) => void;
}

/** Whether there is room for more in the batch. What is written meanwhile is not read. */
export async function readSegment(segment: Segment, reading: SegmentReading): Promise<boolean> {
  const { from, batch, limits, onGap } = reading;
  const to = segment.bytes;
  const file = await openIfThere(segment, reading);
  if (!file) return true;
  let bytes = batch.reduce((sum, request) => sum + recordBytes(request), 0);
  let index = from.index;
  try {
    for await (const { request, end } of readRecords(file, from.offset, to, onGap)) {
      bytes += recordBytes(request);
      if (batch.length > 0 && (bytes > limits.bytes || batch.length >= limits.requests)) return false;
      index += 1;
      const position = { segment: segment.id, offset: end, index };
      batch.push({ ...request, body: Buffer.from(request.body), position });
    }
    return true;
  } finally {
    await file.close();
  }
}

async function openIfThere({ path, bytes }: Segment, { disk, from, onGap }: SegmentReading) {
  try {
    return await disk.openToRead(path);
  } catch (error) {
    // Somebody has removed it. All other errors pass, or an operator makes them pass.
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    onGap({ from: from.offset, to: bytes, unreadable: true });
    return undefined;
  }
}
