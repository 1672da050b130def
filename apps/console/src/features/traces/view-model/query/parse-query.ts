import { readDuration, readServiceId } from "@weir/domain/browser";
import { readTerms } from "./read-terms.ts";
import type { ParsedQuery, Problem, ServiceQuery, Term, TraceQuery } from "./trace-query.ts";

type Draft = { -readonly [K in keyof TraceQuery]: TraceQuery[K] };

export const durationNeedsUnit = "a duration has a unit, such as 200ms or 1.5s";
export const durationIsCompared = "a duration is compared by >, >=, < or <=";

/** The nanosecond that turns "more than" into "at least", in milliseconds. */
const nanosecond = 1e-6;

/**
 * Reads a query such as `service = checkout duration > 200ms status = error http.route = "/pay" "some text"`: terms
 * that must all be met. A name that is no field is an attribute's. Says what is wrong, and where, for every term that
 * cannot be; the others count.
 */
export function parseQuery(text: string): ParsedQuery {
  const { terms, problems } = readTerms(text);
  const query: Draft = { attributes: [] };
  const kept: Term[] = [];
  const found: Problem[] = [...problems];
  for (const term of terms) {
    const wrong = take(query, term);
    if (wrong === undefined) kept.push(term);
    else found.push({ from: term.from, to: term.to, message: wrong });
  }
  if (query.minDurationMs !== undefined && query.maxDurationMs !== undefined)
    if (query.minDurationMs > query.maxDurationMs) found.push(emptySpan(kept));
  return { query, terms: kept, problems: found.sort((a, b) => a.from - b.from) };
}

/** Puts a term into the query; what is wrong with it otherwise. */
function take(query: Draft, { name, operator, value }: Term): string | undefined {
  if (name === undefined) return takeText(query, value);
  if (name === "duration") return takeDuration(query, operator, value);
  if (operator !== "=") return `${name} can be compared by = only`;
  switch (name) {
    case "status":
      if (value !== "error")
        return "status is error or not said: traces are told apart by whether a span failed";
      return once(query, "errorsOnly", true, name);
    case "service":
    case "caller":
      return once(query, name, serviceOf(value), name);
    case "operation":
    case "version":
      return once(query, name, value, name);
  }
  query.attributes = [...query.attributes, { name, value }];
  return query.attributes.length > 8 ? "at most eight attributes" : undefined;
}

function once<K extends keyof Draft>(
  query: Draft,
  key: K,
  value: Draft[K],
  name: string,
): string | undefined {
  if (query[key] !== undefined) return `${name} is asked for twice`;
  query[key] = value;
  return undefined;
}

function takeText(query: Draft, value: string): string | undefined {
  if (query.text !== undefined) return "one text at a time: put the words into one pair of quotes";
  if (value === "") return "an empty text";
  query.text = value;
  return undefined;
}

function takeDuration(query: Draft, operator: string, value: string): string | undefined {
  const ms = readDuration(value);
  if (ms === undefined) return durationNeedsUnit;
  switch (operator) {
    case ">":
    case ">=":
      return once(query, "minDurationMs", operator === ">" ? ms + nanosecond : ms, "the least duration");
    case "<":
    case "<=":
      return once(query, "maxDurationMs", operator === "<" ? Math.max(0, ms - nanosecond) : ms, "the most");
  }
  return durationIsCompared;
}

function serviceOf(value: string): ServiceQuery {
  return readServiceId(value) ?? { service: value };
}

function emptySpan(terms: readonly Term[]): Problem {
  const durations = terms.filter(({ name }) => name === "duration");
  const { from, to } = durations.at(-1) ?? { from: 0, to: 0 };
  return { from, to, message: "no duration is longer and shorter than that" };
}
