import { isLineByte, isTokenByte } from "./character-tables.ts";
import { ParseFailure } from "./parse-failure.ts";

const CR = 0x0d;
const QUOTE = 0x22;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

const NAME_START = 0;
const NAME = 1;
const VALUE_START = 2;
const VALUE = 3;
const QUOTED = 4;
const ESCAPED = 5;
const QUOTED_END = 6;

/** More than the extensions of any real chunk have. */
const maxBytes = 1024;

/**
 * The extensions of one chunk's line, from behind the first semicolon (RFC 9112 7.1.1). They pass as they came, so
 * what no two parsers read alike is refused: bad white space, a name or a value left out, a quote left open.
 */
export class ChunkExtension {
  #state = NAME_START;
  #bytes = 0;

  /** True when `byte` is the CR that ends the line. Throws ParseFailure. */
  push(byte: number): boolean {
    if (++this.#bytes > maxBytes)
      throw new ParseFailure("chunk-extension", "a chunk's extensions are too long");
    const next = this.#next(byte);
    if (next === undefined)
      throw new ParseFailure("chunk-extension", "an extension of a chunk is not name or name=value");
    this.#state = next;
    return byte === CR;
  }

  #next(byte: number): number | undefined {
    switch (this.#state) {
      case NAME_START:
        return isTokenByte[byte] === 1 ? NAME : undefined;
      case NAME:
        if (isTokenByte[byte] === 1) return NAME;
        return byte === EQUALS ? VALUE_START : afterExtension(byte);
      case VALUE_START:
        if (byte === QUOTE) return QUOTED;
        return isTokenByte[byte] === 1 ? VALUE : undefined;
      case VALUE:
        return isTokenByte[byte] === 1 ? VALUE : afterExtension(byte);
      case QUOTED:
        if (byte === QUOTE) return QUOTED_END;
        if (byte === BACKSLASH) return ESCAPED;
        return isLineByte[byte] === 1 ? QUOTED : undefined;
      case ESCAPED:
        return isLineByte[byte] === 1 ? QUOTED : undefined;
      default:
        return afterExtension(byte);
    }
  }
}

function afterExtension(byte: number): number | undefined {
  return byte === SEMICOLON || byte === CR ? NAME_START : undefined;
}
