import { readDuration } from "@weir/domain/browser";
import { durationIsCompared, durationNeedsUnit } from "../query/parse-query.ts";
import { readTerms } from "../query/read-terms.ts";
import type { Problem, Term } from "../query/trace-query.ts";
import type { SpanNode } from "../span-tree.ts";
import { isError, isKindName, kindName, spanTitle, type WaterfallSpan } from "../waterfall-span.ts";

/** One condition on a span: met where the page knows it to be, or where the server, asked for `held`, names the span. */
export interface SpanTerm {
  readonly test: (node: SpanNode) => boolean;
  /** Undefined: the page can tell by itself. Without a name, a text. */
  readonly held: HeldText | undefined;
}

export interface HeldText {
  readonly name?: string | undefined;
  readonly value: string;
}

/**
 * The conditions of a search among the spans of one trace, in the language that traces are searched by: what it says of a
 * trace is said of a span here. `duration` is the span's own; `error` or a kind (`client`) needs no name; any number of
 * texts may stand beside each other.
 */
export function spanTerms(text: string): { terms: SpanTerm[]; problems: Problem[] } {
  const read = readTerms(text);
  const problems = [...read.problems];
  const terms = read.terms.flatMap((term) => {
    const made = spanTerm(term);
    if (typeof made !== "string") return [made];
    problems.push({ from: term.from, to: term.to, message: made });
    return [];
  });
  return { terms, problems: problems.sort((a, b) => a.from - b.from) };
}

/** What is wrong with it, where it is no condition. */
function spanTerm({ name, operator, value }: Term): SpanTerm | string {
  if (name === undefined) return value === "" ? "an empty text" : textTerm(value);
  if (name === "duration") return durationTerm(operator, value);
  if (operator !== "=") return `${name} can be compared by = only`;
  switch (name) {
    case "service":
      return known(({ span }) => isOfService(span, value));
    case "caller":
      return known(({ parent }) => parent !== undefined && isOfService(parent.span, value));
    case "version":
      return known(({ span }) => span.version === value);
    case "operation":
      return known(({ span }) => span.operation === value);
    case "kind":
      if (!isKindName(value)) return "a kind is internal, server, client, producer or consumer";
      return known(({ span }) => kindName(span.kind) === value);
    case "status":
      if (value !== "error" && value !== "ok") return "status is error or ok";
      return known(({ span }) => isError(span) === (value === "error"));
  }
  return { test: () => false, held: { name, value } };
}

function textTerm(value: string): SpanTerm {
  if (value === "error") return known(({ span }) => isError(span));
  const word = value.toLowerCase();
  const isKind = isKindName(word);
  return {
    test: ({ span }) => {
      if (isKind && kindName(span.kind) === word) return true;
      const texts = [span.service, span.version, spanTitle(span), span.spanId];
      return texts.some((text) => text.toLowerCase().includes(word));
    },
    held: { value },
  };
}

function durationTerm(operator: string, value: string): SpanTerm | string {
  const ms = readDuration(value);
  if (ms === undefined) return durationNeedsUnit;
  const bound = ms * 1e6;
  switch (operator) {
    case ">":
      return known(({ span }) => span.durationNs > bound);
    case ">=":
      return known(({ span }) => span.durationNs >= bound);
    case "<":
      return known(({ span }) => span.durationNs < bound);
    case "<=":
      return known(({ span }) => span.durationNs <= bound);
  }
  return durationIsCompared;
}

function isOfService({ namespace, service }: WaterfallSpan, name: string): boolean {
  return service === name || `${namespace}/${service}` === name;
}

function known(test: SpanTerm["test"]): SpanTerm {
  return { test, held: undefined };
}
