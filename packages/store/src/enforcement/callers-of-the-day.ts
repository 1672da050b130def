import { isAllow, type RevisedPolicy, type Window } from "@weir/domain";
import type { Caller } from "@weir/rollout";
import type { Sql } from "../connection/open-sql.ts";
import type { EdgeName, ServiceName } from "../telemetry/answers.ts";
import { sentAndArrived } from "../telemetry/sent-and-arrived.ts";
import { topology } from "../telemetry/topology.ts";

type Refuses = (namespace: string, service: string) => boolean;

/** Services of which each is read by itself; of more the whole mesh is no more to read. */
const mostReadAlone = 8;
const dayMs = 24 * 3_600_000;

/**
 * Who called the services of policies in the day up to a time. Only of those that judge every request: a limit, and an `allow`
 * that begins to be the one that refuses what no rule lets in. A `deny` says nothing of whom it does not match, and whoever it
 * comes to match is whom it is for; beside an `allow` that acts already another refuses nobody more.
 *
 * @param refuses whether a service has an `allow` in force already.
 */
export async function callersOfTheDay(
  sql: Sql,
  { policies, refuses }: { readonly policies: readonly RevisedPolicy[]; readonly refuses: Refuses },
  toMs: number,
): Promise<(policy: RevisedPolicy) => readonly Caller[]> {
  const judgesAll = (policy: RevisedPolicy) =>
    policy.kind === "rateLimit" || (isAllow(policy) && !refuses(policy.namespace, policy.targetRef));
  const services = new Map(
    policies
      .filter(judgesAll)
      .map(({ namespace, targetRef }) => [`${namespace}/${targetRef}`, { namespace, service: targetRef }]),
  );
  const day = { fromMs: toMs - dayMs, toMs };
  const edges =
    services.size > mostReadAlone
      ? (await topology(sql, day)).edges
      : (
          await Promise.all([...services.values()].map((destination) => callersOf(sql, destination, day)))
        ).flat();
  const callers = Map.groupBy(edges, ({ destination }) => `${destination.namespace}/${destination.service}`);
  return (policy) =>
    judgesAll(policy)
      ? (callers.get(`${policy.namespace}/${policy.targetRef}`) ?? []).map(
          ({ source: { namespace, service } }) => ({
            namespace,
            service,
          }),
        )
      : [];
}

async function callersOf(sql: Sql, destination: ServiceName, day: Window): Promise<EdgeName[]> {
  return (await sentAndArrived(sql, destination, day)).map(({ source }) => ({ source, destination }));
}
