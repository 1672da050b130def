import { type Finding, neighbours, validatePolicy } from "@weir/domain";
import { type Check, fewOf } from "./check.ts";
import type { DatabaseFacts, MeshFacts } from "./mesh-facts.ts";

interface PolicyFinding extends Finding {
  /** `namespace/name`. */
  readonly policy: string;
}

const states = { error: "failed", warning: "warning", info: "ok" } as const;

/** What is wrong or odd about the policies in force: one check for each code, with the policies and places it is about. */
export function policyChecks({ database }: MeshFacts): Check[] {
  if (database === undefined)
    return [{ id: "policies.findings", state: "unknown", says: "not known while the database is away" }];
  const byCode = Map.groupBy(findingsIn(database), ({ code }) => code);
  if (byCode.size === 0) {
    const count = database.policies.length;
    return [{ id: "policies.findings", state: "ok", says: `nothing is odd about the ${count} policies` }];
  }
  return [...byCode].flatMap(([code, [first, ...more]]) =>
    first
      ? [
          {
            id: `policies.${code}`,
            state: states[first.severity],
            says: fewOf([first, ...more].map(sentence)),
            hint: first.fix,
          },
        ]
      : [],
  );
}

function findingsIn({ policies, knownServices }: DatabaseFacts): PolicyFinding[] {
  const neighboursOf = neighbours(policies.map(({ policy }) => policy));
  return policies.flatMap(({ policy }) =>
    validatePolicy(policy, knownServices, neighboursOf(policy))
      .filter(({ ignored }) => !ignored)
      .map((finding) => ({ ...finding, policy: `${policy.namespace}/${policy.name}` })),
  );
}

function sentence({ policy, path, message }: PolicyFinding): string {
  return path ? `${policy}: ${path}: ${message}` : `${policy}: ${message}`;
}
