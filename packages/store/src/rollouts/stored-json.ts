/**
 * As text for a column of JSON. What others say (the detail of a check) may hold what Postgres cannot keep, a zero byte or
 * half of a surrogate pair; that becomes U+FFFD, for nothing that was decided may be lost for it.
 */
export function storedJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? storedText(part) : part));
}

export function storedText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\u{FFFD}");
}
