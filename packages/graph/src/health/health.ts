/** How a service or an edge does. Without traffic nothing is known, which is never the same as healthy. */
export type Health = "no-data" | "ok" | "degraded" | "failing";

/** From this share of errors on, something fails rather than being degraded (Kiali's defaults for 5xx). */
export const failingFrom = 0.1;

/**
 * Health of a number of requests of which some were errors (5xx, or no response at all): any error degrades, a
 * tenth of them is failing.
 */
export function healthOf(requests: number, errors: number): Health {
  if (requests <= 0) return "no-data";
  if (errors <= 0) return "ok";
  return errors / requests >= failingFrom ? "failing" : "degraded";
}
