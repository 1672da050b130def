import type { SpanNode, SpanTree } from "./span-tree.ts";
import { isError, spanTitle } from "./waterfall-span.ts";

/** The spans of one trace at one place of the comparison. */
export interface Side {
  readonly spans: number;
  readonly failed: number;
  /** Summed. */
  readonly durationNs: number;
}

export type Difference = "only-a" | "only-b" | "slower" | "faster" | "same";

/** Spans of both traces with the same way from the root: the same services and operations above them. */
export interface ComparedPath {
  readonly key: number;
  readonly service: string;
  readonly title: string;
  readonly depth: number;
  readonly a: Side | undefined;
  readonly b: Side | undefined;
  /** Of B against A; where both have it, by what a span takes on average. */
  readonly difference: Difference;
  /** Of an average span, B less A; 0 where one has none. */
  readonly deltaNs: number;
}

/** A change counts from a fifth of what it was, and from a tenth of a millisecond: less is how any two runs differ. */
const leastShare = 0.2;
const leastNs = 100_000;

interface Place {
  readonly depth: number;
  readonly sample: SpanNode;
  readonly children: Map<string, Place>;
  readonly sides: { a?: Side; b?: Side };
}

/** Both traces as one tree by service and operation, parents before children, in the order of A, what only B has after it. */
export function compareTraces(a: SpanTree, b: SpanTree): ComparedPath[] {
  const roots = new Map<string, Place>();
  merge(roots, a, "a");
  merge(roots, b, "b");
  const rows: ComparedPath[] = [];
  const stack = [...roots.values()].reverse();
  for (let place = stack.pop(); place; place = stack.pop()) {
    rows.push(rowOf(place, rows.length));
    stack.push(...[...place.children.values()].reverse());
  }
  return rows;
}

function merge(roots: Map<string, Place>, tree: SpanTree, side: "a" | "b"): void {
  const work = tree.roots.map((node) => ({ node, level: roots, depth: 0 })).reverse();
  for (let next = work.pop(); next; next = work.pop()) {
    const { node, level, depth } = next;
    const { namespace, service } = node.span;
    const step = `${namespace}/${service}\0${spanTitle(node.span)}`;
    const place = level.get(step) ?? {
      ...{ depth, sample: node, children: new Map<string, Place>(), sides: {} },
    };
    level.set(step, place);
    const so = place.sides[side] ?? { spans: 0, failed: 0, durationNs: 0 };
    place.sides[side] = {
      spans: so.spans + 1,
      failed: so.failed + Number(isError(node.span)),
      durationNs: so.durationNs + node.span.durationNs,
    };
    for (const child of node.children.toReversed())
      work.push({ node: child, level: place.children, depth: depth + 1 });
  }
}

function rowOf({ depth, sample, sides: { a, b } }: Place, key: number): ComparedPath {
  const deltaNs = a && b ? b.durationNs / b.spans - a.durationNs / a.spans : 0;
  return {
    ...{ key, depth, a, b, deltaNs, service: sample.span.service, title: spanTitle(sample.span) },
    difference: differenceOf(a, b, deltaNs),
  };
}

function differenceOf(a: Side | undefined, b: Side | undefined, deltaNs: number): Difference {
  if (!b) return "only-a";
  if (!a) return "only-b";
  const before = a.durationNs / a.spans;
  if (Math.abs(deltaNs) < Math.max(leastNs, before * leastShare)) return "same";
  return deltaNs > 0 ? "slower" : "faster";
}
