/**
 * Whether Postgres keeps the text as it is: its texts hold no zero byte (Postgres' manual, 8.3), and UTF-8 has no half
 * of a surrogate pair (RFC 3629 3).
 */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** What a refusal says of text that is not storable. */
export const notStorable = "must have no zero byte and no half of a surrogate pair";
