import fc from "fast-check";

/** What one peer sends on a connection, as bytes in latin1, and the places where it is cut into reads. */
export interface WireCase {
  readonly text: string;
  readonly cuts: readonly number[];
}

/** A field line that is not about the body; now and then a malformed one. */
export const plainField = weighted(
  [
    "Accept: */*",
    "X-Empty:",
    "X: \t two  words \t",
    "X-Bytes: \x80\xff",
    "x!#$%&'*+-.^_`|~1: y",
    "TE: trailers",
    "Connection: keep-alive",
    "Connection: X, close",
    "Connection: close",
    "Connection: upgrade\r\nUpgrade: foo",
    // Not `close`: Node obeys that one too, which no RFC defines (RFC 9112 C.2.2).
    "Proxy-Connection: keep-alive",
    "Expect: 100-continue",
    "Keep-Alive: timeout=5",
    'X-Quoted: "a, b": c;d',
  ],
  [
    "X: a\r\n b",
    "X: a\r\n\tb",
    "X: a\n b",
    "X: a\rb",
    "X: a\x00b",
    "X: a\x01b",
    "X: a\x7fb",
    "X : a",
    "X\t: a",
    "X",
    ": a",
    "X(): a",
    "\x0bX: a",
    "X\x80: a",
    "X:a\r\r\n",
    "X: a\n",
    "Connection: close, ,\tclose",
    "Connection: closed",
    "Connection: clo se",
    "Connection: keep-alive, close",
    'Connection: "close"',
  ],
);
const framingField = fc.constantFrom(
  ...["Content-Length: 3", "Content-Length: 0", "content-length:5 ", "Content-Length: 03"],
  ...[
    "Content-Length: 3, 3",
    "Content-Length: +3",
    "Content-Length: -3",
    "Content-Length: 3 3",
    "Content-Length:",
  ],
  ...[
    "Content-Length: 0x3",
    "Content-Length: 3;",
    "Content-Length: 1e1",
    "Content-Length : 3",
    "Content-Length: 3\x0b",
  ],
  ...["Content-Length: 99999999999999999999", "Content-Length: 18446744073709551619", "Content_Length: 3"],
  ...["Transfer-Encoding: chunked", "transfer-encoding: Chunked ", "Transfer-Encoding: gzip, chunked"],
  ...["Transfer-Encoding: chunked, chunked", "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: foo"],
  ...["Transfer-Encoding: xchunked", "Transfer-Encoding:\x0bchunked", 'Transfer-Encoding: "chunked"'],
  ...[
    "Transfer-Encoding: chunked;q=1",
    "Transfer-Encoding:",
    "Transfer-Encoding: ,chunked",
    "Transfer-Encoding: identity",
  ],
  ...[
    "Transfer-Encoding : chunked",
    "Transfer-Encoding: chunked\r\n ",
    "Transfer-Encoding: chun\tked",
    "Transfer_Encoding: chunked",
  ],
);
const payload = fc.constantFrom(
  "",
  "a",
  "abc",
  "hello",
  "GET / HTTP/1.1\r\nHost: b\r\n\r\n",
  "0\r\n\r\n",
  "\r\n",
  "\x00\xff\n",
);
const sizeLine = fc
  .tuple(
    fc.constantFrom("", "", "0", "00"),
    weighted(
      ["", "", "", ";a", ";a=b", ';a="b;c"', ";"],
      [" ", ";a\n", ";\x00", "\t", " ;a", ";a=\x80", ",", "x", ";a\rb"],
    ),
    weighted(["\r\n"], ["\n", "\r", "", "\r\r\n"]),
  )
  .map(([zeros, extension, ending]) => ({ zeros, tail: extension + ending }));
const chunk = fc
  .tuple(payload, sizeLine, weighted(["\r\n"], ["", "\n", "\r", "x\r\n"]), fc.boolean())
  .map(([bytes, { zeros, tail }, ending, upper]) => {
    const size = bytes.length.toString(16);
    return `${zeros}${upper ? size.toUpperCase() : size}${tail}${bytes}${ending}`;
  });
const trailer = weighted(
  ["X-Sum: 1\r\n", "X-Empty:\r\n", "x-two: a\r\n"],
  [
    "Content-Length: 3\r\n",
    "Transfer-Encoding: chunked\r\n",
    "X : a\r\n",
    " X: a\r\n",
    "X: a\n",
    "X\r\n",
    "\x00\r\n",
  ],
);
const chunkedBody = fc
  .tuple(
    fc.array(chunk, { maxLength: 3 }),
    weighted(
      ["0\r\n", "0\r\n", "000\r\n", "0;last\r\n"],
      ["", "0\n", "0 \r\n", "-0\r\n", "0x0\r\n", "g\r\n", "fffffffffffffffff\r\n"],
    ),
    fc.array(trailer, { maxLength: 2 }),
    weighted(["\r\n"], ["", "\n", "\r", "\r\r\n"]),
  )
  .map(([chunks, last, trailers, end]) => chunks.join("") + last + trailers.join("") + end);

/** A message's framing fields and its body: most agree, some do not. */
export const body = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ fields: [] as string[], bytes: "" }) },
  {
    weight: 3,
    arbitrary: payload.map((bytes) => ({ fields: [`Content-Length: ${bytes.length}`], bytes })),
  },
  {
    weight: 4,
    arbitrary: chunkedBody.map((bytes) => ({ fields: ["Transfer-Encoding: chunked"], bytes })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.array(framingField, { minLength: 1, maxLength: 2 }), fc.oneof(payload, chunkedBody))
      .map(([fields, bytes]) => ({ fields, bytes })),
  },
);

const bytesOfInterest = [
  "\r",
  "\n",
  "\r\n",
  "\x00",
  "\t",
  " ",
  ":",
  ",",
  ";",
  "0",
  "a",
  "\x7f",
  "\x80",
  "\xff",
  "chunked",
];
interface Mutation {
  readonly place: number;
  readonly removed: number;
  readonly added: string;
}

/** One byte or some put in, taken out or replaced, at a place given as a share of the whole. */
const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  removed: fc.nat(3),
  added: fc.constantFrom("", ...bytesOfInterest),
});

/** `texts`, one after the other, as a whole or with a few bytes changed, and cut into reads. */
export function wireCase(texts: fc.Arbitrary<readonly string[]>): fc.Arbitrary<WireCase> {
  const mutations = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Mutation[]>([]) },
    { weight: 1, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 2 }) },
  );
  return fc
    .record({ texts, mutations, cuts: fc.array(fc.nat(400), { maxLength: 6 }) })
    .map((made) => ({ text: made.mutations.reduce(mutated, made.texts.join("")), cuts: made.cuts }));
}

function mutated(text: string, { place, removed, added }: Mutation): string {
  const at = Math.floor(place * text.length);
  return text.slice(0, at) + added + text.slice(at + removed);
}

/** The bytes of a case as the reads they come in. */
export function piecesOf({ text, cuts }: WireCase): Buffer[] {
  const bytes = Buffer.from(text, "latin1");
  const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  return places.slice(1).flatMap((end, i) => {
    const piece = bytes.subarray(places[i], end);
    return piece.length > 0 ? [piece] : [];
  });
}

/** Mostly what is well formed: a message with five parts that may each be broken would hardly ever be whole. */
export function weighted(good: readonly string[], bad: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  );
}
