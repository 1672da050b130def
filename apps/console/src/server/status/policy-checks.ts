import { type Finding, neighbours, uncoveredServices, validatePolicy } from "@weir/domain";
import { type Check, fewOf } from "./check.ts";
import type { DatabaseFacts, MeshFacts } from "./mesh-facts.ts";

interface MeshFinding extends Finding {
  /** `namespace/name` of the policy, or of the service that has none. */
  readonly about: string;
}

const states = { error: "failed", warning: "warning", info: "ok" } as const;

/**
 * What is wrong or odd about the policies in force, as the mesh is and by the requests of the last minutes: one check for each code,
 * with the policies and places it is about.
 */
export function policyChecks({ database }: MeshFacts): Check[] {
  if (database === undefined)
    return [{ id: "policies.findings", state: "unknown", says: "not known while the database is away" }];
  const byCode = Map.groupBy(findingsIn(database), ({ code }) => code);
  const checks = [...byCode].flatMap(([code, [first, ...more]]): Check[] =>
    first
      ? [
          {
            id: `policies.${code}`,
            state: states[first.severity],
            says: saidOf([first, ...more]),
            hint: first.fix,
          },
        ]
      : [],
  );
  return [
    ...(checks.length > 0 ? checks : [nothingOdd(database)]),
    ...(database.inTraffic.unread > 0 ? [notJudged(database)] : []),
  ];
}

function nothingOdd({ policies }: DatabaseFacts): Check {
  const says = `nothing is odd about the ${policies.length} policies`;
  return { id: "policies.findings", state: "ok", says };
}

function notJudged({ inTraffic }: DatabaseFacts): Check {
  const says = `there was no time to judge ${inTraffic.unread} policies by the requests of their services`;
  return {
    id: "policies.traffic",
    state: "unknown",
    says,
    hint: "ask again: what was read is remembered for some seconds",
  };
}

function findingsIn({ policies, knownServices, inTraffic }: DatabaseFacts): MeshFinding[] {
  const own = policies.map(({ policy }) => policy);
  const neighboursOf = neighbours(own);
  return [
    ...own.flatMap((policy) =>
      validatePolicy(policy, knownServices, neighboursOf(policy), policy).map((finding) => ({
        policy,
        finding,
      })),
    ),
    ...inTraffic.findings,
  ]
    .filter(({ finding }) => !finding.ignored)
    .map(({ policy, finding }) => ({ ...finding, about: `${policy.namespace}/${policy.name}` }))
    .concat(
      uncoveredServices(knownServices, own).map(({ service, finding }) => ({
        ...finding,
        about: `${service.namespace}/${service.name}`,
      })),
    );
}

/** What is the same of all is said once, behind their names. */
function saidOf(findings: readonly MeshFinding[]): string {
  const [first] = findings;
  const isSame = findings.every(({ path, message }) => path === "" && message === first?.message);
  if (!isSame || first === undefined) return fewOf(findings.map(sentence));
  return `${fewOf(findings.map(({ about }) => about))}: ${first.message}`;
}

function sentence({ about, path, message }: MeshFinding): string {
  return path ? `${about}: ${path}: ${message}` : `${about}: ${message}`;
}
