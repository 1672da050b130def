/**
 * Hashes by which spans are found by an attribute of their own: one for each member of the JSON object that stands in
 * [from, to), the CRC-32 of its text from the name's first quote to the value's end. The text must be as `jsonText`
 * writes it, without spaces: a search makes the same text of what it looks for, and asks this very function.
 *
 * Members that nobody looks for by their exact value have no hash: lists and maps, fractions, flags, what is
 * longer than 256 bytes, and measured amounts, which are told by their names. A search for one of them reads spans.
 */
export function attributeHashes(
  json: Uint8Array,
  from: number,
  to: number,
  take: (hash: number) => void,
): void {
  let at = from + 1;
  while (at < to - 1) {
    const nameEnd = endOfString(json, at);
    const valueEnd = endOfValue(json, nameEnd + 1);
    if (isLookedFor(json, at, nameEnd, valueEnd)) take(hashOf(json, at, valueEnd));
    at = valueEnd + 1;
  }
}

const longest = 256;

function isLookedFor(json: Uint8Array, name: number, nameEnd: number, valueEnd: number): boolean {
  if (valueEnd - name > longest) return false;
  const first = json[nameEnd + 1] as number;
  if (first !== quote && !isInteger(json, nameEnd + 1, valueEnd)) return false;
  return !isMeasure(json, name + 1, nameEnd - 1);
}

/** How the names of amounts end: durations, sizes and times are found between two values, if at all. By last byte. */
const measures = Map.groupBy(
  ["_ns", "_us", "_ms", "seconds", "duration", "elapsed", "bytes", "size", "length", "timestamp"].map(
    (ending) => Buffer.from(ending),
  ),
  (ending) => ending.at(-1),
);

function isMeasure(json: Uint8Array, name: number, nameEnd: number): boolean {
  const endings = measures.get(json[nameEnd - 1]);
  if (endings === undefined) return false;
  for (const ending of endings) if (endsWith(json, name, nameEnd, ending)) return true;
  return false;
}

function endsWith(json: Uint8Array, from: number, to: number, ending: Uint8Array): boolean {
  if (to - from < ending.length) return false;
  for (let i = 2; i <= ending.length; i++) if (json[to - i] !== ending[ending.length - i]) return false;
  return true;
}

function isInteger(json: Uint8Array, from: number, to: number): boolean {
  for (let i = json[from] === minus ? from + 1 : from; i < to; i++) {
    const byte = json[i] as number;
    if (byte < zero || byte > nine) return false;
  }
  return true;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;
const openings: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const closings: ReadonlySet<number> = new Set([0x7d, 0x5d]);

/** Behind the closing quote of the string that begins at `at`. */
function endOfString(json: Uint8Array, at: number): number {
  let end = at + 1;
  while (json[end] !== quote) {
    if (end >= json.length) return end;
    end += json[end] === backslash ? 2 : 1;
  }
  return end + 1;
}

function endOfValue(json: Uint8Array, at: number): number {
  let depth = 0;
  let end = at;
  while (end < json.length) {
    const byte = json[end] as number;
    if (byte === quote) {
      end = endOfString(json, end);
      continue;
    }
    if (depth === 0 && (byte === comma || closings.has(byte))) return end;
    if (openings.has(byte)) depth++;
    else if (closings.has(byte)) depth--;
    end++;
  }
  return end;
}

/** CRC-32 as in zlib and Postgres, as a signed integer. For some 30 bytes a call of zlib's costs twice as much. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let crc = -1;
  for (let i = from; i < to; i++)
    crc = (crcTable[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  return crc === leastAlias ? 0 : ~crc;
}

/** The least integer has none below it, which a search for equal hashes asks for. */
const leastAlias = 2 ** 31 - 1;

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
