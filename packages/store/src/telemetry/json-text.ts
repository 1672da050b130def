const deepest = 64;

/**
 * JSON that jsonb accepts, from whatever a sender put into attributes and bodies: NUL and lone surrogates, which
 * it refuses, become U+FFFD; bigint a number where that is exact, else text; bytes base64; NaN and infinities
 * text; what is nested deeper than 64 levels, or is no data at all, null.
 */
export function jsonText(value: unknown, depth = 0): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(cleanText(value));
    case "number":
      return Number.isFinite(value) ? String(value) : `"${value}"`;
    case "boolean":
      return String(value);
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? String(value) : `"${value}"`;
    case "object":
      if (value === null || depth >= deepest) return "null";
      if (value instanceof Uint8Array) return `"${Buffer.from(value).toString("base64")}"`;
      return Array.isArray(value) ? arrayText(value, depth + 1) : objectText(value, depth + 1);
    default:
      return "null";
  }
}

function arrayText(values: readonly unknown[], depth: number): string {
  return `[${values.map((value) => jsonText(value, depth)).join(",")}]`;
}

function objectText(values: object, depth: number): string {
  let text = "";
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(cleanText(name))}:${jsonText(value, depth)}`;
  }
  return `{${text}}`;
}

/** A text that Postgres can store. */
export function cleanText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes("\0") ? wellFormed.replaceAll("\0", "\ufffd") : wellFormed;
}

/** UTF-8 in [from, to) as a text that Postgres can store. */
export function bytesToText(bytes: Buffer, from: number, to: number): string {
  return cleanText(bytes.toString("utf8", from, to));
}
