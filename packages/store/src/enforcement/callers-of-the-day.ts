import type { RevisedPolicy } from "@weir/domain";
import type { Caller } from "@weir/rollout";
import type { Sql } from "../connection/open-sql.ts";
import { sentAndArrived } from "../telemetry/sent-and-arrived.ts";
import { topology } from "../telemetry/topology.ts";

const dayMs = 24 * 3_600_000;

/** Kinds that may refuse one caller and not another. */
const refusing: readonly RevisedPolicy["kind"][] = ["authorization", "rateLimit"];

/** Who called the services of policies that may refuse them, in the day up to a time; of other policies nobody. */
export async function callersOfTheDay(
  sql: Sql,
  policies: readonly RevisedPolicy[],
  toMs: number,
): Promise<(policy: RevisedPolicy) => readonly Caller[]> {
  const services = new Map(
    policies
      .filter(({ kind }) => refusing.includes(kind))
      .map(({ namespace, targetRef }) => [`${namespace}/${targetRef}`, { namespace, service: targetRef }]),
  );
  const day = { fromMs: toMs - dayMs, toMs };
  const [only] = services.values();
  const edges =
    only === undefined
      ? []
      : services.size === 1
        ? (await sentAndArrived(sql, only, day)).map(({ source }) => ({ source, destination: only }))
        : (await topology(sql, day)).edges;
  const callers = Map.groupBy(edges, ({ destination }) => `${destination.namespace}/${destination.service}`);
  return ({ kind, namespace, targetRef }) =>
    refusing.includes(kind)
      ? (callers.get(`${namespace}/${targetRef}`) ?? []).map(({ source: { namespace, service } }) => ({
          namespace,
          service,
        }))
      : [];
}
