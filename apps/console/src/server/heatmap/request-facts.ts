import type { SampledRequest } from "@weir/store";
import type { Facts } from "./rank-differences.ts";

/** What says how long the request took: of course it differs. And who counted it, which it always was the same. */
const leftOut: ReadonlySet<string> = new Set([
  "weir.duration_ns",
  "weir.upstream_ns",
  "weir.reporter",
  "otel.scope.name",
  "otel.scope.version",
]);

const longest = 300;

/**
 * All that may set a request apart: attributes of the span that served it under their own name, its resource's under
 * `resource.`, those of its caller's span that differ under `caller.`, and through which services its trace went.
 */
export function requestFacts(request: SampledRequest): Facts {
  const { operation, version, failed, attributes, resource, caller, services } = request;
  const facts = new Map<string, string>([
    ["operation", operation],
    ["version", version],
    ["status", failed ? "error" : "ok"],
  ]);
  const add = (prefix: string, values: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(values))
      if (!leftOut.has(name) && !(prefix === "caller." && attributes[name] === value))
        // What Weir says itself is not what an attribute of that name says.
        facts.set(facts.has(`${prefix}${name}`) ? `attribute ${name}` : `${prefix}${name}`, textOf(value));
  };
  add("", attributes);
  add("resource.", resource);
  if (caller) {
    facts.set("caller", `${caller.namespace}/${caller.service}`);
    facts.set("caller version", caller.version);
    add("caller.", caller.attributes);
  }
  const through = services.map(({ namespace, name, version: reached }) => {
    return ["through", `${namespace}/${name} ${reached}`.trimEnd()] as const;
  });
  return [...facts, ...through].filter(([, value]) => value !== "");
}

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
