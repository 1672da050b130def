import { Aside } from "./aside.ts";
import { CursorFile, readCursor } from "./cursor-file.ts";
import { lockDirectory } from "./directory-lock.ts";
import { type Disk, realDisk } from "./disk.ts";
import { makeDirectory } from "./make-directory.ts";
import { recover, type SpoolLog } from "./recover.ts";
import { SegmentWriter } from "./segment-writer.ts";
import { Spool } from "./spool.ts";
import { SpoolUnavailable } from "./spool-errors.ts";

export interface SpoolSettings {
  /** Absolute; made when it is missing. One process at a time. */
  readonly directory: string;
  /** What the directory may take up on disk. An eighth each is for what is kept aside, and no request needs it before. */
  readonly maxBytes: number;
  /** Default 16 MiB, or an eighth of `maxBytes` if that is less: space is given back file by file. */
  readonly segmentBytes?: number;
  readonly log: SpoolLog;
  readonly disk?: Disk;
  /** Milliseconds, from any origin; default: the system's clock. */
  readonly now?: () => number;
}

/**
 * Opens the spool in a directory, with whatever an earlier process left there. Reads all of it once.
 * Throws {@link SpoolUnavailable}, one sentence, when another process uses it or the disk does not allow it.
 */
export async function openSpool(settings: SpoolSettings): Promise<Spool> {
  const { directory } = settings;
  let lock: { release(): void } | undefined;
  try {
    await makeDirectory(directory);
    lock = await lockDirectory(directory);
    return await open(settings, lock.release);
  } catch (cause) {
    lock?.release();
    if (cause instanceof SpoolUnavailable) throw cause;
    throw new SpoolUnavailable(directory, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function open(settings: SpoolSettings, release: () => void): Promise<Spool> {
  const { directory, maxBytes, log, disk = realDisk, now = Date.now } = settings;
  const segmentBytes = settings.segmentBytes ?? Math.min(16 * 1024 * 1024, Math.ceil(maxBytes / 8));
  const recovered = await recover(directory, await readCursor(directory), log);
  const spool = new Spool({
    ...{ recovered, maxBytes, log, now, disk, release },
    cursorFile: new CursorFile({
      directory,
      onFailure: (error) => log.warn({ err: error }, "the spool's cursor cannot be written"),
    }),
    aside: new Aside({
      ...{ directory, disk, limitBytes: Math.floor(maxBytes / 8) },
      refusedBytes: recovered.asideRefusedBytes,
      damagedBytes: recovered.asideDamagedBytes,
    }),
    createWriter: (onSegment) =>
      new SegmentWriter({ directory, disk, segmentBytes, firstId: recovered.firstFreeId, onSegment }),
  });
  await spool.dropConsumed();
  const { requests, bytes } = spool.depth;
  if (requests > 0) log.info({ requests, bytes }, "the spool holds requests of an earlier process");
  return spool;
}
