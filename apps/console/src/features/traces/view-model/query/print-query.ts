import { readTerms } from "./read-terms.ts";
import type { Term } from "./trace-query.ts";

/** A value as it must be written: in quotes unless it is one plain word. */
export function printValue(value: string): string {
  return /^[^\s"()=<>!]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}

export function printTerm(name: string, operator: string, value: string): string {
  return `${printValue(name)} ${operator} ${printValue(value)}`;
}

/**
 * The query with its terms of `name` (of that comparison's direction, where a duration is bounded on both sides) replaced
 * by one, or taken out. What else stands in the text stays as it was written.
 */
export function withTerm(text: string, name: string, operator: string, value: string | undefined): string {
  const same = (term: Term) => term.name === name && term.operator[0] === operator[0];
  const old = readTerms(text).terms.filter(same);
  const kept = old.toReversed().reduce((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);
  const tidy = kept.replace(/\s+/g, " ").trim();
  if (value === undefined) return tidy;
  return `${tidy} ${printTerm(name, operator, value)}`.trim();
}
