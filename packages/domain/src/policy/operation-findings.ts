import type { AuthorizationOperation } from "../authorization/authorization-spec.ts";
import { compilePattern } from "../authorization/text-pattern.ts";
import { type Finding, findingOf } from "../finding/finding.ts";
import { hostsOf } from "../service/hosts.ts";
import { isKnownMethod } from "./known-methods.ts";
import type { PolicyOf } from "./policy.ts";
import type { KnownService } from "./validate-policy.ts";

/** What is odd about what an authorization lets callers ask for. */
export function operationFindings({ rules }: PolicyOf<"authorization">, target: KnownService): Finding[] {
  const hosts = target.hosts && hostsOf({ ...target, hosts: target.hosts }, target.namespace);
  return rules.flatMap(({ to = [] }, rule) =>
    to.flatMap((operation, index) => {
      const path = `rules[${rule}].to[${index}]`;
      return [
        ...methodFindings(operation, path),
        ...(hosts ? hostFindings(operation, path, target, hosts) : []),
      ];
    }),
  );
}

export function methodFinding(method: string, path: string): Finding[] {
  if (isKnownMethod(method)) return [];
  return [
    findingOf("unknown-method", path, `HTTP has no method ${method}, so no request is likely to match`),
  ];
}

function methodFindings({ methods = [] }: AuthorizationOperation, path: string): Finding[] {
  return methods.flatMap((method, index) => methodFinding(method, `${path}.methods[${index}]`));
}

/** Requests may come for another name through a gateway that keeps it, so this is no error. */
function hostFindings(
  { hosts: asked = [] }: AuthorizationOperation,
  path: string,
  { name }: KnownService,
  hosts: readonly string[],
): Finding[] {
  return asked.flatMap((host, index) =>
    hosts.some(compilePattern(host.toLowerCase()))
      ? []
      : [
          findingOf(
            "unknown-host",
            `${path}.hosts[${index}]`,
            `${name} is not called ${host}; its callers say ${hosts.join(", ")}`,
          ),
        ],
  );
}
