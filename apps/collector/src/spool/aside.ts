import { constants } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Disk } from "./disk.ts";
import { encodeHeader, recordBytes, type SpoolRequest } from "./record.ts";
import type { Segment } from "./segment.ts";
import { writeAll } from "./write-all.ts";

export const refusedName = "refused.log";
export const damagedSuffix = ".damaged";

export interface AsideSettings {
  readonly directory: string;
  readonly disk: Disk;
  /** For refused requests, and as much again for damaged segments; what is beyond it is not kept. */
  readonly limitBytes: number;
  /** What is there already. */
  readonly refusedBytes: number;
  readonly damagedBytes: number;
}

/**
 * What can neither go to the database nor be thrown away in silence: requests that the database refuses for good, and
 * segments with damage. Nobody but an operator reads or removes them. `refused.log` has the layout of a segment.
 */
export class Aside {
  readonly #settings: AsideSettings;
  #refusedBytes: number;
  #damagedBytes: number;

  constructor(settings: AsideSettings) {
    this.#settings = settings;
    this.#refusedBytes = settings.refusedBytes;
    this.#damagedBytes = settings.damagedBytes;
  }

  get bytes(): number {
    return this.#refusedBytes + this.#damagedBytes;
  }

  /** Resolves when the request is on disk for good, with false when there is no room. Throws what the disk throws. */
  async keepRefused(request: SpoolRequest): Promise<boolean> {
    const { directory, disk, limitBytes } = this.#settings;
    const bytes = recordBytes(request);
    if (this.#refusedBytes + bytes > limitBytes) return false;
    const file = await open(join(directory, refusedName), constants.O_WRONLY | constants.O_CREAT, 0o600);
    try {
      // Over whatever an attempt that failed has left behind the last whole record.
      await file.truncate(this.#refusedBytes);
      await writeAll(file, [encodeHeader(request), request.body], this.#refusedBytes);
      await file.sync();
      if (this.#refusedBytes === 0) await disk.syncDirectory(directory);
    } finally {
      await file.close();
    }
    this.#refusedBytes += bytes;
    return true;
  }

  /** Takes the segment out of the spool; false when there was no room, and it was removed. */
  async keepDamaged(segment: Segment): Promise<boolean> {
    if (this.#damagedBytes + segment.bytes > this.#settings.limitBytes) {
      await rm(segment.path, { force: true });
      return false;
    }
    await rename(segment.path, `${segment.path}${damagedSuffix}`);
    this.#damagedBytes += segment.bytes;
    return true;
  }
}
