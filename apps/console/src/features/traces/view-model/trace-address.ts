/**
 * Where the page's client asks for a trace (tRPC's form of a query, alone in its request): the server says it in the
 * page's head, so that the browser asks while it still loads the page's code.
 */
export function traceAddress(traceId: string): string {
  return `/api/trpc/traces.byId?input=${encodeURIComponent(JSON.stringify({ traceId }))}`;
}
