import { isLineByte, isTokenByte } from "./character-tables.ts";
import type { HttpLimits } from "./limits.ts";
import { ParseFailure, type ParseReason } from "./parse-failure.ts";

const CR = 0x0d;
const LF = 0x0a;
const TAB = 0x09;
const SPACE = 0x20;
const COLON = 0x3a;

// Numbers and not texts: this is the innermost loop of the request path.
const START = 0;
const START_CR = 1;
const IN_START_LINE = 2;
const START_LINE_CR = 3;
const FIELD_START = 4;
const IN_NAME = 5;
const IN_VALUE = 6;
const VALUE_CR = 7;
const END_CR = 8;

/**
 * Finds the end of a head, byte by byte, and refuses what no head may contain as soon as it is seen: bare CR or
 * LF, controls, folded lines, a bad field name, too much of anything (RFC 9112 2.2, 5.1, 5.2). The outcome does
 * not depend on how the bytes are cut into reads. When `complete`, `text` is the head in latin1 and `offsets`
 * holds, for each field, where its name begins and ends and where its value begins and ends (with its spaces).
 */
export class HeadScanner {
  complete = false;
  text = "";
  startLineStart = 0;
  startLineEnd = 0;
  offsets: number[] = [];

  readonly #limits: HttpLimits;
  readonly #first: number;
  readonly #checkStartLine: ((line: string) => void) | undefined;
  #state: number;
  #held: Buffer | undefined;
  #length = 0;
  #lineStart = 0;
  #startLineChecked = false;

  /** Without `checkStartLine` the block has no start line: trailers. */
  constructor(limits: HttpLimits, checkStartLine?: (line: string) => void) {
    this.#limits = limits;
    this.#checkStartLine = checkStartLine;
    this.#first = checkStartLine ? START : FIELD_START;
    this.#state = this.#first;
  }

  /** Whether a byte of the head has come. */
  get started(): boolean {
    return this.#length > 0;
  }

  /** Makes the scanner ready for the next head on the same connection. */
  reset(): void {
    this.complete = false;
    this.text = "";
    // Not emptied: the fields of the head before still point into it.
    this.offsets = [];
    this.startLineStart = 0;
    this.startLineEnd = 0;
    this.#state = this.#first;
    this.#held = undefined;
    this.#length = 0;
    this.#lineStart = 0;
    this.#startLineChecked = false;
  }

  /** Reads `chunk` from `start`; returns where it stopped: past the head, or at the chunk's end. */
  push(chunk: Buffer, start: number): number {
    const before = this.#length;
    const end = this.#scan(chunk, start);
    if (this.#held !== undefined || !this.complete) this.#hold(chunk, start, end, before);
    if (this.complete) {
      this.text = this.#held
        ? this.#held.toString("latin1", 0, this.#length)
        : chunk.toString("latin1", start, end);
      return end;
    }
    if (this.startLineEnd > 0 && !this.#startLineChecked) this.#checkStart(this.#held);
    this.#checkLimits();
    return end;
  }

  #scan(chunk: Buffer, start: number): number {
    const base = start - this.#length;
    const end = chunk.length;
    const { offsets } = this;
    let state = this.#state;
    let i = start;
    for (; i < end; i++) {
      const byte = chunk[i] as number;
      switch (state) {
        case IN_VALUE:
          if (isLineByte[byte] === 1) {
            while (i + 1 < end && isLineByte[chunk[i + 1] as number] === 1) i++;
            continue;
          }
          if (byte !== CR) this.#fail(byte === LF ? "bare-lf" : "control-character", i - base, chunk, start);
          offsets.push(i - base);
          state = VALUE_CR;
          continue;
        case IN_NAME:
          if (isTokenByte[byte] === 1) continue;
          if (byte !== COLON) this.#failName(byte, i - base, chunk, start);
          offsets.push(i - base, i - base + 1);
          state = IN_VALUE;
          continue;
        case FIELD_START:
          this.#lineStart = i - base;
          if (isTokenByte[byte] === 1) {
            if (offsets.length >= this.#limits.maxFields * 4)
              this.#fail("too-many-fields", i - base, chunk, start);
            offsets.push(i - base);
            state = IN_NAME;
          } else if (byte === CR) state = END_CR;
          else if (byte === SPACE || byte === TAB) this.#fail("obs-fold", i - base, chunk, start);
          else this.#failName(byte, i - base, chunk, start);
          continue;
        case VALUE_CR:
          if (byte !== LF) this.#fail("bare-cr", i - base, chunk, start);
          this.#endLine(i - base, chunk, start);
          state = FIELD_START;
          continue;
        case END_CR:
          if (byte !== LF) this.#fail("bare-cr", i - base, chunk, start);
          this.#length = i + 1 - base;
          this.#endLine(i - base, chunk, start);
          this.complete = true;
          return i + 1;
        case START:
          // A server ignores an empty line before the request line, one here (RFC 9112 2.2).
          if (byte === CR && i === base) {
            state = START_CR;
            continue;
          }
          this.startLineStart = i - base;
          this.#lineStart = i - base;
          state = IN_START_LINE;
          i--;
          continue;
        case START_CR:
          if (byte !== LF) this.#fail("bare-cr", i - base, chunk, start);
          state = START;
          continue;
        case IN_START_LINE:
          if (isLineByte[byte] === 1) continue;
          if (byte !== CR) this.#fail(byte === LF ? "bare-lf" : "control-character", i - base, chunk, start);
          state = START_LINE_CR;
          continue;
        case START_LINE_CR:
          if (byte !== LF) this.#fail("bare-cr", i - base, chunk, start);
          this.#endLine(i - base, chunk, start);
          this.startLineEnd = i - base - 1;
          state = FIELD_START;
      }
    }
    this.#state = state;
    this.#length = i - base;
    return i;
  }

  /** Keeps the bytes of a head that has not come whole; a growing buffer, so that dripping bytes cost no more. */
  #hold(chunk: Buffer, start: number, end: number, before: number): void {
    const needed = before + end - start;
    let held = this.#held;
    if (held === undefined || held.length < needed) {
      const grown = Buffer.allocUnsafe(Math.max(1024, needed * 2));
      held?.copy(grown, 0, 0, before);
      held = grown;
    }
    chunk.copy(held, before, start, end);
    this.#held = held;
  }

  #endLine(position: number, chunk: Buffer, start: number): void {
    if (position - 1 - this.#lineStart > this.#limits.maxLineBytes || position > this.#limits.maxHeadBytes)
      this.#fail("line-too-long", position, chunk, start);
  }

  #checkLimits(): void {
    const reason = this.#limitBroken(this.#length);
    if (reason) throw new ParseFailure(reason, messages[reason] ?? reason);
  }

  /** Which limit a head that reached `position` broke first. */
  #limitBroken(position: number): "line-too-long" | "head-too-large" | undefined {
    const line = this.#lineStart + this.#limits.maxLineBytes + 2;
    const head = this.#limits.maxHeadBytes;
    if (position <= line && position <= head) return undefined;
    return line < head ? "line-too-long" : "head-too-large";
  }

  #failName(byte: number, position: number, chunk: Buffer, start: number): never {
    if (byte === SPACE || byte === TAB) this.#fail("space-before-colon", position, chunk, start);
    if (byte === CR) this.#fail("no-colon", position, chunk, start);
    this.#fail(byte === LF ? "bare-lf" : "field-name", position, chunk, start);
  }

  /** What came first in the bytes is what is reported: a broken limit, then the start line, then this. */
  #fail(reason: ParseReason, position: number, chunk: Buffer, start: number): never {
    const broken = this.#limitBroken(position);
    const first = broken ?? reason;
    if (this.startLineEnd > 0 && !this.#startLineChecked) {
      const before = this.#length;
      this.#hold(chunk, start, chunk.length, before);
      this.#checkStart(this.#held);
    }
    throw new ParseFailure(first, messages[first] ?? first);
  }

  #checkStart(bytes: Buffer | undefined): void {
    this.#startLineChecked = true;
    if (bytes) this.#checkStartLine?.(bytes.toString("latin1", this.startLineStart, this.startLineEnd));
  }
}

const messages: Partial<Record<ParseReason, string>> = {
  "bare-lf": "a line ends with LF alone",
  "bare-cr": "CR without LF",
  "control-character": "a control character in a line",
  "obs-fold": "a folded field line",
  "field-name": "a character that no field name has",
  "space-before-colon": "a space before the colon of a field",
  "no-colon": "a field line without a colon",
  "line-too-long": "a line is too long",
  "head-too-large": "the head is too large",
  "too-many-fields": "too many fields",
};
