/** The console's pages take answers pressed; see its `pressed-json.ts`. */
export const asPages = { accept: "application/gzip, application/json" };

/** Where a procedure is asked, as tRPC's clients do; `asked` sets a question apart from its equals, whose answer it would share. */
export function procedureUrl(port: number, procedure: string, input?: unknown, asked?: string): URL {
  const url = new URL(`http://127.0.0.1:${port}/api/trpc/${procedure}`);
  if (input !== undefined) url.searchParams.set("input", JSON.stringify(input));
  if (asked !== undefined) url.searchParams.set("asked", asked);
  return url;
}
