import { isAllow, type RevisedPolicy, sparedVerdict } from "@weir/domain";
import type { ObservedDecisions } from "../telemetry/observed-decisions.ts";

/**
 * What observed policies said of requests, as it is for some of them that begin to act without the others: what only an
 * `allow` lets in that goes on observing is going to be denied. Exact where one `allow` of a service begins to act; where
 * several do, as many requests as that may be.
 *
 * @param rows of all policies of the services that `beginning` are about.
 * @param refuses whether a service has an `allow` in force already, so that nothing more is refused.
 */
export function unsparedDecisions(
  rows: readonly ObservedDecisions[],
  beginning: readonly RevisedPolicy[],
  refuses: (namespace: string, service: string) => boolean,
): ObservedDecisions[] {
  const allows = beginning.filter(
    (policy) => isAllow(policy) && !refuses(policy.namespace, policy.targetRef),
  );
  const denied = [...Map.groupBy(rows, edgeOf).values()].flatMap((edge) => deniedOn(edge, allows));
  return [...rows.filter(({ verdict }) => verdict !== sparedVerdict), ...denied];
}

/** @param rows of one caller and one service. */
function deniedOn(rows: readonly ObservedDecisions[], allows: readonly RevisedPolicy[]): ObservedDecisions[] {
  const { namespace, service } = rows[0]!.destination;
  const own = allows.filter((allow) => allow.namespace === namespace && allow.targetRef === service);
  if (own.length === 0) return [];
  const others = rows.filter(({ policy }) => own.every(({ name }) => name !== policy));
  const spared = own.map((allow) => evaluatedOf(rows.filter((row) => isSparedBy(row, allow))));
  const denied = Math.min(evaluatedOf(others.filter(isLetIn)), ...spared);
  if (denied === 0) return [];
  return own.map(({ name, kind, revision }) => ({
    ...{ namespace, policy: name, kind, revision, verdict: "deny", evaluated: denied, wouldAct: denied },
    ...{ source: rows[0]!.source, destination: rows[0]!.destination },
  }));
}

function isSparedBy(row: ObservedDecisions, { name, revision }: RevisedPolicy): boolean {
  return row.policy === name && row.revision === revision && row.verdict === sparedVerdict;
}

function isLetIn({ kind, verdict }: ObservedDecisions): boolean {
  return kind === "authorization" && verdict === "allow";
}

function evaluatedOf(rows: readonly ObservedDecisions[]): number {
  return rows.reduce((sum, { evaluated }) => sum + evaluated, 0);
}

function edgeOf({ source, destination }: ObservedDecisions): string {
  return `${source.namespace}/${source.service} ${destination.namespace}/${destination.service}`;
}
