/** `/api/` as `/api`, and `/` as the empty text: a prefix ends at a path segment. */
export function withoutTrailingSlash(prefix: string): string {
  return prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
}
