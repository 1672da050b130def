import type { FileHandle } from "node:fs/promises";

/** Bytes that one read asks for; a longer record gets a window of its own length. */
const windowBytes = 1024 * 1024;

/** A file seen through one buffer that moves along it, so that a file of any length is read in bounded memory. */
export class ReadWindow {
  readonly #file: FileHandle;
  /** Where the part of the file ends that is looked at. */
  readonly #end: number;
  #buffer: Buffer;
  #from = 0;
  #to = 0;

  constructor(file: FileHandle, end: number) {
    this.#file = file;
    this.#end = end;
    this.#buffer = Buffer.allocUnsafe(Math.min(windowBytes, end));
  }

  /** These bytes of the file, valid until the next call; undefined when it ends before them. */
  async view(at: number, bytes: number): Promise<Buffer | undefined> {
    if (at + bytes > this.#end) return undefined;
    if (at < this.#from || at + bytes > this.#to) await this.#move(at, bytes);
    return at + bytes > this.#to
      ? undefined
      : this.#buffer.subarray(at - this.#from, at - this.#from + bytes);
  }

  /** Where `pattern` is found first, at `at` or behind it; undefined: nowhere. */
  async find(pattern: Buffer, at: number): Promise<number | undefined> {
    for (let from = at; ; from = this.#to - pattern.length + 1) {
      if ((await this.view(from, pattern.length)) === undefined) return undefined;
      const found = this.#buffer.subarray(0, this.#to - this.#from).indexOf(pattern, from - this.#from);
      if (found >= 0) return this.#from + found;
    }
  }

  async #move(at: number, bytes: number): Promise<void> {
    if (bytes > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(bytes);
    this.#from = this.#to = at;
    const wanted = Math.min(this.#buffer.length, this.#end - at);
    while (this.#to - at < wanted) {
      const { bytesRead } = await this.#file.read(
        this.#buffer,
        this.#to - at,
        wanted - (this.#to - at),
        this.#to,
      );
      if (bytesRead === 0) return;
      this.#to += bytesRead;
    }
  }
}
