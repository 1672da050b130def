import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Snapshot } from "@weir/domain";
import type { Logger } from "../logger.ts";
import type { SnapshotParser } from "./parse-snapshot.ts";

/** The last snapshot on disk, so that a sidecar that starts while the controller is away serves as it did before. */
export class SnapshotCache {
  readonly #dir: string;
  readonly #parser: SnapshotParser;
  readonly #log: Logger;
  #writing: Promise<void> = Promise.resolve();

  constructor(dir: string, parser: SnapshotParser, log: Logger) {
    this.#dir = dir;
    this.#parser = parser;
    this.#log = log;
  }

  /** The snapshot kept for that namespace; undefined where there is none that can be used. */
  async read(namespace: string): Promise<Snapshot | undefined> {
    const file = this.#file();
    try {
      const snapshot = this.#parser.parse(JSON.parse(await readFile(file, "utf8")));
      if (snapshot.content.namespace === namespace) return snapshot;
      this.#log.warn({ file }, "the snapshot on disk is of another namespace; it is not used");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT")
        this.#log.warn({ file, err: error }, "the snapshot on disk cannot be used");
    }
    return undefined;
  }

  /** Keeps the snapshot: written aside and renamed, so that a crash leaves the old one or the new one. */
  write(snapshot: Snapshot): Promise<void> {
    this.#writing = this.#writing.then(() => this.#replace(snapshot));
    return this.#writing;
  }

  async #replace(snapshot: Snapshot): Promise<void> {
    const file = this.#file();
    try {
      await mkdir(this.#dir, { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify(snapshot));
      await rename(`${file}.new`, file);
    } catch (error) {
      this.#log.warn({ file, err: error }, "the snapshot could not be kept on disk");
    }
  }

  #file(): string {
    return join(this.#dir, "snapshot.json");
  }
}
