/** What a binary COPY begins and ends with (Postgres' manual, COPY: Binary Format): no flags, no extension. */
const header = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);

/** Cuts the stream of one binary COPY into streams of so many rows each, every one whole by itself. */
export class BinaryRows {
  readonly #rowsEach: number;
  readonly #onPart: (part: Buffer, rows: number) => void;
  /** Whole rows that wait for their part to be full. */
  #whole: Buffer[] = [];
  #rows = 0;
  /** The beginning of a row, or of the header. */
  #rest: Buffer = Buffer.alloc(0);
  #headerLeft = true;

  constructor(rowsEach: number, onPart: (part: Buffer, rows: number) => void) {
    this.#rowsEach = rowsEach;
    this.#onPart = onPart;
  }

  push(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    let from = 0;
    if (this.#headerLeft && bytes.length >= header.length) {
      from = header.length;
      this.#headerLeft = false;
    }
    let at = from;
    for (
      let end = this.#headerLeft ? undefined : rowEnd(bytes, at);
      end !== undefined;
      end = rowEnd(bytes, at)
    ) {
      at = end;
      if (++this.#rows < this.#rowsEach) continue;
      this.#whole.push(bytes.subarray(from, at));
      from = at;
      this.#cut();
    }
    if (at > from) this.#whole.push(bytes.subarray(from, at));
    this.#rest = bytes.subarray(at);
  }

  /** The stream has ended: the next one begins with a header of its own. Hands on what rows are left. */
  end(): void {
    if (this.#rows > 0) this.#cut();
    this.#rest = Buffer.alloc(0);
    this.#headerLeft = true;
  }

  #cut(): void {
    this.#onPart(Buffer.concat([header, ...this.#whole, trailer]), this.#rows);
    this.#whole = [];
    this.#rows = 0;
  }
}

/** Where the row at `from` ends; undefined while it is not there as a whole, and at the trailer. */
function rowEnd(bytes: Buffer, from: number): number | undefined {
  if (from + 2 > bytes.length) return undefined;
  const fields = bytes.readInt16BE(from);
  if (fields < 0) return undefined;
  let at = from + 2;
  for (let field = 0; field < fields; field++) {
    if (at + 4 > bytes.length) return undefined;
    at += 4 + Math.max(0, bytes.readInt32BE(at)); // -1: NULL
  }
  return at <= bytes.length ? at : undefined;
}
