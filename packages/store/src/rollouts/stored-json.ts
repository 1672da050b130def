/**
 * As text for a column of JSON. What others say (the detail of a check) may hold what Postgres cannot keep, a zero byte or
 * half of a surrogate pair; that becomes U+FFFD, for nothing that was decided may be lost for it.
 */
export function storedJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "string") return storedText(part);
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [storedText(name), member]));
  });
}

export function storedText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\u{FFFD}");
}
