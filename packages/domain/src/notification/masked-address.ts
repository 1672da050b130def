/** Of shorter ones the end would be most of it. */
const shortestWithEnd = 16;

/**
 * An address as pages, commands, the audit and logs show it: whose it is, and the end of what follows. The path of a webhook of
 * Slack's, or of one that is like it, is its secret, and nobody can tell from an address whether it is such a one.
 */
export function maskedAddress(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return "…";
  const rest = parsed.href.slice(parsed.origin.length);
  if (rest === "/") return parsed.origin;
  return `${parsed.origin}/…${rest.length < shortestWithEnd ? "" : rest.slice(-4)}`;
}
