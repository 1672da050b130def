/** Splits `host:port`; undefined when it is not one. Brackets around IPv6 are removed. */
export function parseSocketAddress(text: string): { host: string; port: number } | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/.exec(text);
  if (!match) return undefined;
  const port = Number(match[3]);
  const host = match[1] ?? match[2];
  return host && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}
