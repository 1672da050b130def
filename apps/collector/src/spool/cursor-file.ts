import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** All before it is consumed. */
export interface Cursor {
  readonly segment: number;
  readonly offset: number;
}

export interface CursorFileSettings {
  readonly directory: string;
  /**
   * A cursor could not be written, for the first time since one could. What it covers is read again after a restart, which
   * changes nothing.
   */
  readonly onFailure: (error: unknown) => void;
}

const nameOf = (directory: string): string => join(directory, "cursor");

/** How far the spool is consumed, in a file that is replaced as a whole. Behind the truth is harmless, ahead of it never happens. */
export class CursorFile {
  readonly #settings: CursorFileSettings;
  #next: Cursor | undefined;
  #writing: Promise<void> | undefined;
  #failing = false;

  constructor(settings: CursorFileSettings) {
    this.#settings = settings;
  }

  /** Written soon; of several that come while one is being written only the last. */
  save(cursor: Cursor): void {
    this.#next = cursor;
    this.#writing ??= this.#run();
  }

  /** Resolves when what was saved is on disk, or could not be written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #run(): Promise<void> {
    for (let cursor = this.#next; cursor; cursor = this.#next) {
      this.#next = undefined;
      await this.#tryWrite(cursor);
    }
    this.#writing = undefined;
  }

  async #tryWrite(cursor: Cursor): Promise<void> {
    try {
      await this.#write(cursor);
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#settings.onFailure(error);
      this.#failing = true;
    }
  }

  async #write(cursor: Cursor): Promise<void> {
    const path = nameOf(this.#settings.directory);
    const draft = await open(`${path}.new`, "w", 0o600);
    try {
      await draft.writeFile(textOf(cursor));
      await draft.sync();
    } finally {
      await draft.close();
    }
    await rename(`${path}.new`, path);
  }
}

/** Undefined when there is none, or none that can be believed: all that is left on disk is read then. */
export async function readCursor(directory: string): Promise<Cursor | undefined> {
  const text = await readFile(nameOf(directory), "utf8").catch(() => "");
  const [segment, offset] = text.split(" ").map(Number);
  if (segment === undefined || offset === undefined) return undefined;
  return textOf({ segment, offset }) === text ? { segment, offset } : undefined;
}

function textOf({ segment, offset }: Cursor): string {
  const text = `${segment} ${offset}`;
  return `${text} ${crc32(text).toString(16).padStart(8, "0")}\n`;
}
