/** Cuts a stream of bytes into lines; a line may come in any number of parts. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #parts: Buffer[] = [];

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** `bytes` may be written over when this returns. */
  push(bytes: Buffer): void {
    let from = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
      this.#parts.push(bytes.subarray(from, end));
      const line = Buffer.concat(this.#parts).toString("utf8");
      this.#parts = [];
      from = end + 1;
      if (line !== "") this.#onLine(line);
    }
    if (from < bytes.length) this.#parts.push(Buffer.from(bytes.subarray(from)));
  }
}
