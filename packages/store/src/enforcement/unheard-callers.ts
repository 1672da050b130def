import { isAllow, type RevisedPolicy } from "@weir/domain";
import type { Caller } from "@weir/rollout";
import type { Sql } from "../connection/open-sql.ts";
import { pairsSeen } from "../telemetry/pairs-seen.ts";

interface Asked {
  readonly policies: readonly RevisedPolicy[];
  /** Whether a service has an `allow` in force already. */
  readonly refuses: (namespace: string, service: string) => boolean;
  /** Whether a policy judged a request of a caller in the window that it is predicted by. */
  readonly judged: (policy: RevisedPolicy, caller: Caller) => boolean;
}

const dayMs = 24 * 3_600_000;

/**
 * Who called the services of policies in the day up to a time, and has not been judged. Only of policies that judge every request:
 * a limit, and an `allow` that begins to be the one that refuses what no rule lets in. A `deny` says nothing of whom it does not
 * match, and whoever it comes to match is whom it is for; beside an `allow` that acts already another refuses nobody more.
 */
export async function unheardCallers(
  sql: Sql,
  { policies, refuses, judged }: Asked,
  toMs: number,
): Promise<(policy: RevisedPolicy) => readonly Caller[]> {
  const judging = policies.filter(
    (policy) =>
      policy.kind === "rateLimit" || (isAllow(policy) && !refuses(policy.namespace, policy.targetRef)),
  );
  const byService = Map.groupBy(judging, ({ namespace, targetRef }) => `${namespace}/${targetRef}`);
  const seen = await pairsSeen(
    sql,
    ({ source, destination: { namespace, service } }) =>
      byService.get(`${namespace}/${service}`)?.some((policy) => !judged(policy, source)) ?? false,
    { fromMs: toMs - dayMs, toMs },
  );
  const callers = Map.groupBy(seen, ({ destination }) => `${destination.namespace}/${destination.service}`);
  const asks = new Set(judging);
  return (policy) => {
    if (!asks.has(policy)) return [];
    const own = callers.get(`${policy.namespace}/${policy.targetRef}`) ?? [];
    return own
      .map(({ source: { namespace, service } }) => ({ namespace, service }))
      .filter((caller) => !judged(policy, caller));
  };
}
