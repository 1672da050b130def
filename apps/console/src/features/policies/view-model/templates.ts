import type { PolicyKind } from "@weir/domain";

interface Subject {
  readonly namespace: string;
  readonly service: string;
  /** Known ones, in natural order. */
  readonly versions: readonly string[];
  /** Names of policies that there are, in the same namespace. */
  readonly taken: readonly string[];
}

/**
 * A first draft of each kind, for a service: careful values, and beside each member what it means. Every one of them is
 * accepted as it stands for a service that has a version (a test saves them).
 */
export function templateOf(kind: PolicyKind, { namespace, service, versions, taken }: Subject): string {
  const stable = versions[0] ?? "v1";
  const newest = versions.at(-1) ?? stable;
  return `kind: ${kind}
name: ${freeName(service, suffixes[kind], taken)}
namespace: ${namespace}
targetRef: ${service} # the service that it is about
mode: observe # counts what it would do; enforce makes it act
${bodies[kind]({ stable, newest })}`;
}

/** The first that is not taken of `payments-limit`, `payments-limit-2`, …; names have at most 63 characters. */
function freeName(service: string, suffix: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const end = number === 1 ? `-${suffix}` : `-${suffix}-${number}`;
    const name = `${service.slice(0, 63 - end.length)}${end}`;
    if (!taken.includes(name)) return name;
  }
}

const suffixes: Readonly<Record<PolicyKind, string>> = {
  route: "routes",
  canary: "canary",
  rateLimit: "limit",
  authorization: "callers",
  circuitBreaker: "breaker",
  outlierDetection: "outliers",
  loadBalancer: "balancer",
};

const bodies: Readonly<Record<PolicyKind, (versions: { stable: string; newest: string }) => string>> = {
  route: ({ newest }) => `rules: # the first that matches decides
  - name: testers
    match:
      - headers: [{ name: x-user-type, exact: beta-tester }]
    backends: [{ version: ${newest}, weight: 100 }]
  - name: everybody-else
    timeoutMs: 2000 # retries included
    retry: { on: [connect-failure, reset], attempts: 2 }
`,
  canary: ({ stable, newest }) =>
    stable === newest
      ? `backends: # whole per cents, 100 in all
  - { version: ${stable}, weight: 100 }
`
      : `backends: # whole per cents, 100 in all
  - { version: ${stable}, weight: 95 }
  - { version: ${newest}, weight: 5 }
`,
  rateLimit: () => `maxTokens: 200 # as many requests at once
tokensPerFill: 100 # and then as many again
fillIntervalMs: 1000 # with each of these intervals, for each sidecar
`,
  authorization: () => `action: allow # what no rule allows is answered 403
rules:
  - to:
      - methods: [GET, HEAD]
`,
  circuitBreaker: () => `maxConnections: 1024
maxRequests: 1024 # under way at once; one more is answered 503
`,
  outlierDetection: () => `consecutive5xx: 5 # in a row, then the endpoint is left out
baseEjectionMs: 30000
maxEjectionPercent: 10 # of the endpoints at once
`,
  loadBalancer: () => `algorithm: leastRequest # of two drawn at random the one with fewer under way
`,
};
