import { open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "@weir/telemetry/process";
import { damagedSuffix, refusedName } from "./aside.ts";
import type { Cursor } from "./cursor-file.ts";
import { type Gap, readRecords } from "./read-records.ts";
import { type Segment, segmentAt, segmentId } from "./segment.ts";

export interface Recovered {
  /** In order; each has records that are not consumed yet, or damage. */
  readonly segments: readonly Segment[];
  /** Consumed of the first segment. */
  readonly offset: number;
  readonly firstFreeId: number;
  readonly oldestReceivedNs: bigint | undefined;
  readonly tornBytes: number;
  readonly damagedBytes: number;
  readonly asideRefusedBytes: number;
  readonly asideDamagedBytes: number;
}

export type SpoolLog = Pick<Logger, "info" | "warn" | "error">;

/**
 * What an earlier process left in the directory, every record checked. The tail of the last file that is no record is
 * cut off: writing it was under way, so nobody was promised it. Any other damage is counted and stepped over.
 */
export async function recover(
  directory: string,
  cursor: Cursor | undefined,
  log: SpoolLog,
): Promise<Recovered> {
  const names = await readdir(directory);
  const ids = names.flatMap((name) => segmentId(name) ?? []).sort((a, b) => a - b);
  const scans: Scan[] = [];
  for (const id of ids) {
    const segment = segmentAt(directory, id);
    if (cursor && id < cursor.segment) await rm(segment.path);
    else scans.push(await scanSegment(segment, cursor, id === ids.at(-1)));
  }
  const left = scans.filter(({ segment, gaps }) => segment.requests > 0 || gaps.length > 0);
  for (const { segment } of scans.filter((scan) => !left.includes(scan))) await rm(segment.path);
  const tornBytes = scans.reduce((sum, scan) => sum + scan.tornBytes, 0);
  if (tornBytes > 0)
    log.warn({ bytes: tornBytes }, "the spool ended in a record that was being written; it is cut off");
  const gaps = left.flatMap((scan) => scan.gaps.map((gap) => ({ file: scan.segment.path, ...gap })));
  for (const gap of gaps) log.error(gap, damageMessage);
  return {
    segments: left.map(({ segment }) => segment),
    offset: left[0]?.from ?? 0,
    firstFreeId: Math.max(ids.at(-1) ?? 0, cursor?.segment ?? 0) + 1,
    oldestReceivedNs: left.find(({ oldestReceivedNs }) => oldestReceivedNs !== undefined)?.oldestReceivedNs,
    tornBytes,
    damagedBytes: gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0),
    asideRefusedBytes: await sizeOf(directory, [refusedName]),
    asideDamagedBytes: await sizeOf(
      directory,
      names.filter((name) => name.endsWith(damagedSuffix)),
    ),
  };
}

export const damageMessage = "a part of the spool is damaged; what was acknowledged there is lost";

interface Scan {
  readonly segment: Segment;
  readonly from: number;
  readonly gaps: readonly Gap[];
  readonly tornBytes: number;
  readonly oldestReceivedNs: bigint | undefined;
}

/** Counts what is in a segment behind what was consumed, and cuts its tail off if it may. */
async function scanSegment(segment: Segment, cursor: Cursor | undefined, mayCut: boolean): Promise<Scan> {
  const file = await open(segment.path, "r+");
  try {
    const { size } = await file.stat();
    const consumed = segment.id === cursor?.segment ? cursor.offset : 0;
    const from = consumed <= size ? consumed : 0;
    const gaps: Gap[] = [];
    let oldestReceivedNs: bigint | undefined;
    for await (const { request } of readRecords(file, from, size, (gap) => gaps.push(gap))) {
      oldestReceivedNs ??= request.receivedNs;
      segment.requests += 1;
    }
    const last = gaps.at(-1);
    const tail = mayCut && last?.to === size && !last.unreadable ? gaps.pop() : undefined;
    segment.bytes = tail?.from ?? size;
    segment.damagedTo = gaps.at(-1)?.to ?? 0;
    if (tail) {
      await file.truncate(tail.from);
      await file.sync();
    }
    return { segment, from, gaps, tornBytes: size - segment.bytes, oldestReceivedNs };
  } finally {
    await file.close();
  }
}

async function sizeOf(directory: string, names: readonly string[]): Promise<number> {
  const found = await Promise.all(names.map((name) => stat(join(directory, name)).catch(() => undefined)));
  return found.reduce((sum, file) => sum + (file?.size ?? 0), 0);
}
