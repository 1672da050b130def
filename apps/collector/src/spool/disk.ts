import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** The calls by which the spool makes something durable; a seam for faults that no test can bring about for real. */
export interface Disk {
  /** A new file, for its owner alone. Throws EEXIST where there is one. */
  create(path: string): Promise<FileHandle>;
  openToRead(path: string): Promise<FileHandle>;
  /** Makes the names in a directory durable: without it a new file may be gone after a crash of the machine. */
  syncDirectory(path: string): Promise<void>;
}

export const realDisk: Disk = {
  create: (path) => open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600),
  openToRead: (path) => open(path, constants.O_RDONLY),
  async syncDirectory(path) {
    const directory = await open(path, constants.O_RDONLY);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
};
