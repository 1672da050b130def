import { isAllow, type RevisedPolicy } from "@weir/domain";
import type { Caller } from "@weir/rollout";
import type { Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "../telemetry/answers.ts";
import { requestsByCaller } from "../telemetry/requests-by-caller.ts";

/** What was asked of a policy's service while it observed. */
export interface AskedRequests {
  readonly all: number;
  of(caller: Caller): number;
}

/**
 * Of policies that say nothing of some requests, how many there were: a share of those that they judged would be one of those
 * that they match.
 *
 * @param sinceOf from when on the requests of one count, up to `toMs`: as what it said of them does.
 */
export async function askedRequests(
  sql: Sql,
  silent: readonly RevisedPolicy[],
  sinceOf: (policy: RevisedPolicy) => number,
  toMs: number,
): Promise<(policy: RevisedPolicy) => AskedRequests | undefined> {
  const counted = await Promise.all(
    [...Map.groupBy(silent, sinceOf)].map(async ([fromMs, own]) => ({
      own,
      edges:
        fromMs < toMs
          ? await requestsByCaller(sql, own.map(targetOf), {
              ...{ window: { fromMs, toMs }, stepMs: toMs - fromMs, count: 1 },
            })
          : [],
    })),
  );
  const asked = new Map(
    counted.flatMap(({ own, edges }) =>
      own.map((policy) => {
        const target = nameOf(targetOf(policy));
        const byCaller = new Map<string, number>();
        for (const { source, destination, requests } of edges)
          if (nameOf(destination) === target)
            byCaller.set(nameOf(source), (byCaller.get(nameOf(source)) ?? 0) + (requests[0] ?? 0));
        const all = [...byCaller.values()].reduce((sum, requests) => sum + requests, 0);
        return [policy, { all, of: (caller: Caller) => byCaller.get(nameOf(caller)) ?? 0 }] as const;
      }),
    ),
  );
  return (policy) => asked.get(policy);
}

/** Those that say nothing of some requests; the others judge every request, and count them by themselves. */
export function silentOfSome(policies: readonly RevisedPolicy[]): RevisedPolicy[] {
  return policies.filter((policy) => isSilentOfSome(policy, policies));
}

/** A deny and a route speak where they match, and of several allows one speaks for all. */
function isSilentOfSome(policy: RevisedPolicy, policies: readonly RevisedPolicy[]): boolean {
  if (policy.kind === "route") return true;
  if (policy.kind !== "authorization") return false;
  const isBeside = (other: RevisedPolicy) =>
    other !== policy && isAllow(other) && nameOf(targetOf(other)) === nameOf(targetOf(policy));
  return !isAllow(policy) || policies.some(isBeside);
}

function targetOf({ namespace, targetRef }: RevisedPolicy): ServiceName {
  return { namespace, service: targetRef };
}

function nameOf({ namespace, service }: ServiceName): string {
  return `${namespace}/${service}`;
}
