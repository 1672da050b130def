import { Refusal } from "../refusal.ts";

/** A small body of nothing but `{}` would become hundreds of megabytes of objects; a span has four at the most. */
export const mostBrackets = 200_000;
/** The same of tags. */
const mostMembers = 750_000;
const [openingBrace, openingBracket, comma] = [0x7b, 0x5b, 0x2c];

/**
 * The list of spans that a body holds, as JSON has them: whether each is one is not asked here.
 * Throws {@link Refusal} (malformed, tooLarge).
 */
export function readZipkin(body: Uint8Array): readonly unknown[] {
  const { brackets, members } = countParts(body);
  if (brackets > mostBrackets)
    throw new Refusal("tooLarge", `the body has more than ${mostBrackets} objects and lists`);
  if (members > mostMembers) throw new Refusal("tooLarge", `the body has more than ${mostMembers} members`);
  const json = parse(body);
  if (!Array.isArray(json)) throw new Refusal("malformed", "the body must be a JSON list of spans");
  return json;
}

function parse(body: Uint8Array): unknown {
  try {
    // Times in microseconds and ports fit into doubles: nothing in Zipkin's format needs 64-bit integers.
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal("malformed", `not valid JSON: ${reason}`, { cause });
  }
}

/** Those inside texts count too, which costs a sender nothing as long as the bound is far away. */
function countParts(body: Uint8Array): { readonly brackets: number; readonly members: number } {
  let brackets = 0;
  let members = 0;
  for (const byte of body) {
    if (byte === openingBrace || byte === openingBracket) brackets++;
    else if (byte === comma) members++;
  }
  return { brackets, members };
}
