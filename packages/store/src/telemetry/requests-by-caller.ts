import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, ServiceName } from "./answers.ts";
import { sumEvidence } from "./edges/sum-evidence.ts";
import type { Steps } from "./steps.ts";

/** Requests of one caller to one service, interval by interval. */
export interface CallerRequests extends EdgeName {
  readonly requests: readonly number[];
}

/** What each caller asked of these services, each request once, as the map counts them. Callers without a request are left out. */
export function requestsByCaller(
  sql: Sql,
  services: readonly ServiceName[],
  { window, stepMs, count }: Steps,
): Promise<CallerRequests[]> {
  if (services.length === 0) return Promise.resolve([]);
  return guarded(sql, async () => {
    const wanted = new Set(services.map(nameOf));
    const [only] = services;
    const found: CallerRequests[] = [];
    await sumEvidence(
      sql,
      {
        ...{ window, course: { fromMs: window.fromMs, stepMs, count } },
        ...(wanted.size === 1 && { destination: only }),
        wants: ({ destination }) => wanted.has(nameOf(destination)),
        group: ({ target }) => target.pair,
        scope: ({ destination }) => destination,
      },
      ({ groups, course = new Float64Array() }) => {
        groups.forEach(({ source, destination }, i) => {
          const requests = Array.from(course.subarray(i * count, (i + 1) * count), (own) => Math.max(0, own));
          found.push({ source, destination, requests });
        });
      },
    );
    return found;
  });
}

function nameOf({ namespace, service }: ServiceName): string {
  return `${namespace}/${service}`;
}
