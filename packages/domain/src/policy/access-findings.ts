import { type Finding, findingOf } from "../finding/finding.ts";
import { operationFindings } from "./operation-findings.ts";
import type { PolicyOf } from "./policy.ts";
import type { KnownService } from "./validate-policy.ts";

/** What is odd about who a policy lets in, and how often. */
export function accessFindings(
  policy: PolicyOf<"authorization"> | PolicyOf<"rateLimit">,
  target: KnownService,
  services: readonly KnownService[],
): Finding[] {
  return policy.kind === "authorization"
    ? [...extentFindings(policy), ...callerFindings(policy, services), ...operationFindings(policy, target)]
    : rateLimitFindings(policy, services);
}

/** Policies about nobody or everybody are legal, and now and then a slip. */
function extentFindings({ action = "allow", rules }: PolicyOf<"authorization">): Finding[] {
  if (rules.length === 0)
    return action === "allow"
      ? [
          findingOf(
            "denies-all",
            "rules",
            "without a rule no request is allowed: every one would be answered 403",
          ),
        ]
      : [findingOf("matches-nothing", "rules", `without a rule nothing matches; ${action} has no effect`)];
  const index = rules.findIndex(({ from, to }) => from === undefined && to === undefined);
  if (index < 0 || action === "audit") return [];
  return action === "deny"
    ? [
        findingOf(
          "denies-all",
          `rules[${index}]`,
          "an empty rule matches every request: all would be answered 403",
        ),
      ]
    : [findingOf("allows-all", `rules[${index}]`, "an empty rule matches every request: nobody is kept out")];
}

function callerFindings(policy: PolicyOf<"authorization">, services: readonly KnownService[]): Finding[] {
  return policy.rules.flatMap(({ from = [] }, rule) =>
    from.flatMap((source, index) => {
      const path = `rules[${rule}].from[${index}]`;
      return [
        ...(source.services ?? []).flatMap((text, i) =>
          unknownCaller(text, policy.namespace, `${path}.services[${i}]`, services),
        ),
        ...(source.namespaces ?? []).flatMap((text, i) =>
          text.includes("*") || services.some((service) => service.namespace === text)
            ? []
            : [findingOf("unknown-source", `${path}.namespaces[${i}]`, `no namespace ${text} has a service`)],
        ),
      ];
    }),
  );
}

function unknownCaller(
  text: string,
  namespace: string,
  path: string,
  services: readonly KnownService[],
): Finding[] {
  const name = text.includes("/") ? text : `${namespace}/${text}`;
  if (text.includes("*") || services.some((s) => `${s.namespace}/${s.name}` === name)) return [];
  return [findingOf("unknown-source", path, `no service ${name} is known, so this matches nobody`)];
}

function rateLimitFindings(policy: PolicyOf<"rateLimit">, services: readonly KnownService[]): Finding[] {
  const { overrides = [], namespace } = policy;
  return [
    ...spillFindings(policy, ""),
    ...overrides.flatMap((override, index) => {
      const path = `overrides[${index}]`;
      const { source } = override.match;
      const name = source && `${source.namespace ?? namespace}/${source.service}`;
      return [
        ...spillFindings(override, `${path}.`),
        ...(name === undefined ? [] : unknownCaller(name, namespace, `${path}.match.source`, services)),
      ];
    }),
  ];
}

function spillFindings(
  { maxTokens, tokensPerFill }: { readonly maxTokens: number; readonly tokensPerFill: number },
  prefix: string,
): Finding[] {
  if (tokensPerFill <= maxTokens) return [];
  const message = `the bucket holds ${maxTokens}: ${tokensPerFill - maxTokens} of ${tokensPerFill} tokens of each fill are lost`;
  return [findingOf("tokens-lost", `${prefix}tokensPerFill`, message)];
}
