/** A policy as the file of `weir proxy` has it. */
export interface PolicySpec {
  readonly kind: string;
  readonly name: string;
  readonly targetRef: string;
  readonly mode: "observe" | "enforce";
  readonly [member: string]: unknown;
}

/** What the enforced route adds to every request and every answer. */
export const policyMark = { name: "x-bench", value: "weir" } as const;

/** Ten policies on one service, of every kind and in both modes. Each of them has to do with every request of the bench. */
export function tenPolicies(targetRef: string): PolicySpec[] {
  const policy = (kind: string, mode: "observe" | "enforce", spec: object): PolicySpec => ({
    kind,
    name: `${targetRef}-${kind.toLowerCase()}-${mode}`,
    targetRef,
    mode,
    ...spec,
  });
  const split = (first: number) => [
    { version: "v1", weight: first },
    { version: "v2", weight: 100 - first },
  ];
  return [
    policy("authorization", "enforce", {
      rules: [{ from: [{ services: ["web"] }], to: [{ methods: ["GET", "POST"], paths: ["/*"] }] }],
    }),
    policy("rateLimit", "enforce", { maxTokens: 1e6, tokensPerFill: 1e6, fillIntervalMs: 50 }),
    policy("rateLimit", "observe", {
      maxTokens: 100,
      tokensPerFill: 10,
      fillIntervalMs: 100,
      overrides: [
        {
          match: { header: { name: "x-plan", exact: "paid" } },
          maxTokens: 1e6,
          tokensPerFill: 1e6,
          fillIntervalMs: 50,
        },
      ],
    }),
    policy("route", "enforce", {
      rules: [
        { name: "beta", match: [{ headers: [{ name: "x-group", exact: "beta" }] }], backends: split(0) },
        {
          name: "all",
          match: [{ path: { prefix: "/" } }],
          requestHeaders: { set: [policyMark] },
          responseHeaders: { set: [policyMark] },
          timeoutMs: 15_000,
          retry: { on: ["5xx"], attempts: 2 },
        },
      ],
    }),
    policy("route", "observe", {
      rules: [
        {
          name: "one",
          match: [{ path: { regex: "/[a-z]+/items/[0-9]+" }, method: "GET" }],
          backends: split(50),
        },
        { name: "paged", match: [{ query: [{ name: "page", present: true }] }], backends: split(0) },
      ],
    }),
    policy("canary", "enforce", { backends: split(90), sticky: { cookie: "user" } }),
    policy("canary", "observe", { backends: split(50) }),
    policy("circuitBreaker", "enforce", {}),
    policy("outlierDetection", "observe", {}),
    policy("loadBalancer", "enforce", { algorithm: "leastRequest" }),
  ];
}

/** Routes that are about other paths of the service: looked at by every request and matched by none. */
export function furtherRoutes(targetRef: string, count: number): PolicySpec[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: "route",
    name: `${targetRef}-further-${index}`,
    targetRef,
    mode: index % 2 === 0 ? "observe" : "enforce",
    rules: [
      {
        match: [{ path: { prefix: `/part-${index}` }, method: "GET" }],
        backends: [{ version: "v1", weight: 100 }],
      },
    ],
  }));
}
