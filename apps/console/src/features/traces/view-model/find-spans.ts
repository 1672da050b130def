import { readDuration } from "@weir/domain/browser";
import { reachable, type SpanNode, type SpanTree } from "./span-tree.ts";
import { isError, kindName, spanTitle } from "./waterfall-span.ts";

type Test = (node: SpanNode) => boolean;

/**
 * Keys of the spans that meet every term of `text`, top to bottom as the waterfall shows them. A term is a word that service,
 * version, operation, path or span id has in it (`"of several"` in quotes); `error` or a kind (`client`) for the mark;
 * `service=`, `operation=` and `kind=` for a name as it stands; `duration>20ms`, with any of `> >= < <=`.
 */
export function findSpans(tree: SpanTree, text: string): string[] {
  const tests = termsOf(text).map(testOf);
  if (tests.length === 0) return [];
  return [...reachable(tree.roots)]
    .filter((node) => tests.every((test) => test(node)))
    .map((node) => node.key);
}

/** A term that {@link findSpans} reads as this name, whatever stands in it. */
export function namedTerm(field: "service" | "operation", name: string): string {
  return `${field}="${name.replaceAll(/["\\]/g, "\\$&")}"`;
}

/** The match after (or before) the selected span, round the end; undefined when nothing matches. */
export function stepMatch(
  matches: readonly string[],
  selected: string | undefined,
  step: 1 | -1,
): string | undefined {
  const at = selected === undefined ? -1 : matches.indexOf(selected);
  if (at < 0) return step === 1 ? matches[0] : matches.at(-1);
  return matches[(at + step + matches.length) % matches.length];
}

function termsOf(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|[^\s"]|")+/g) ?? [];
}

function testOf(term: string): Test {
  const [, field, name] = /^(service|operation|kind)=(.+)$/s.exec(term) ?? [];
  if (field !== undefined && name !== undefined) return named(field, unquoted(name));
  const [, sign, bound] = /^duration(>=?|<=?)(.+)$/.exec(term) ?? [];
  const ms = bound === undefined ? undefined : readDuration(bound);
  return sign !== undefined && ms !== undefined
    ? lasting(sign, ms * 1e6)
    : holding(unquoted(term).toLowerCase());
}

function named(field: string, name: string): Test {
  if (field === "service") return ({ span }) => span.service === name;
  if (field === "kind") return ({ span }) => kindName(span.kind) === name;
  return ({ span }) => span.operation === name;
}

function lasting(sign: string, ns: number): Test {
  const above = sign.startsWith(">");
  const orEqual = sign.endsWith("=");
  return ({ span: { durationNs } }) =>
    (orEqual && durationNs === ns) || (above ? durationNs > ns : durationNs < ns);
}

function holding(word: string): Test {
  return ({ span }) => {
    if (word === "error") return isError(span);
    if (word === kindName(span.kind)) return true;
    const texts = [span.service, span.version, spanTitle(span), span.spanId];
    return texts.some((text) => text.toLowerCase().includes(word));
  };
}

function unquoted(term: string): string {
  return /^"(?:[^"\\]|\\.)*"$/s.test(term) ? term.slice(1, -1).replaceAll(/\\(.)/gs, "$1") : term;
}
