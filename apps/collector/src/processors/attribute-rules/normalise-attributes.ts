import type { Attributes, AttributeValue } from "@weir/telemetry/otlp";
import type { AttributeRules } from "./attribute-rules.ts";
import { holdsValues } from "./redaction.ts";

/**
 * Attributes by today's names, without what is dropped, masked where they have to be. The same object when nothing
 * changes. `kind` is the OTLP SpanKind, 0 where there is none.
 */
export function normaliseAttributes(attributes: Attributes, rules: AttributeRules, kind = 0): Attributes {
  if (isNormal(attributes, rules, kind)) return attributes;
  const result = new Map<string, { readonly value: AttributeValue; readonly rank: number }>();
  const put = (key: string, value: AttributeValue, rankOfWhole?: number): void => {
    const rule = rules.ruleOf(key, kind);
    if (rule.action === "drop") return;
    if (rule.split && typeof value === "string") {
      for (const [name, part] of rule.split(value)) put(name, part, rule.rank);
      return;
    }
    const rank = rankOfWhole ?? rule.rank;
    const other = result.get(rule.name);
    if (!other || rank < other.rank) result.set(rule.name, { value: rules.apply(rule, value), rank });
  };
  for (const key of Object.keys(attributes)) put(key, attributes[key] ?? null);
  return Object.fromEntries(result.entries().map(([name, { value }]) => [name, value]));
}

/** Attributes under the names they came by, without what is dropped, masked where they have to be. */
export function redactAttributes(attributes: Attributes, rules: AttributeRules, kind = 0): Attributes {
  if (!rules.redacts) return attributes;
  const kept = Object.keys(attributes).flatMap((key) => {
    const value = rules.redact(rules.ruleOf(key, kind), attributes[key] ?? null);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(kept);
}

function isNormal(attributes: Attributes, rules: AttributeRules, kind: number): boolean {
  for (const key of Object.keys(attributes)) {
    const rule = rules.ruleOf(key, kind);
    if (!rule.isPlain || rule.isAlias) return false;
    if (rules.redacts && holdsValues(attributes[key] ?? null)) return false;
  }
  return true;
}
