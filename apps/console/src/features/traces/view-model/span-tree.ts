import { isError, type WaterfallSpan } from "./waterfall-span.ts";

export interface SpanNode {
  /** The span's id; a second span under the same id (Zipkin shares one between both sides) gets a suffix. */
  readonly key: string;
  readonly span: WaterfallSpan;
  readonly children: SpanNode[];
  parent: SpanNode | undefined;
  depth: number;
  /** Named a parent that is not in the trace (not sampled, dropped, or not here yet). */
  missingParent: boolean;
  /** Its parent is somewhere below itself: the loop was cut here. */
  inLoop: boolean;
  /** Its place among its parent's children, or among the roots. */
  position: number;
  /** Spans below it, and how many of them failed. */
  below: number;
  failedBelow: number;
  /** What was added to the span's own clock so that no effect precedes its cause; 0 for almost all. */
  skewNs: number;
  startNs: number;
  endNs: number;
}

export interface SpanTree {
  /** In order of start; more than one where parents are missing. */
  readonly roots: readonly SpanNode[];
  readonly nodes: ReadonlyMap<string, SpanNode>;
  readonly missingParents: number;
  /** Loops of parents that were cut. */
  readonly loops: number;
  /** Shifted by a millisecond or more; less is how finely clocks of one machine agree. */
  readonly skewed: number;
  readonly startNs: number;
  readonly endNs: number;
}

/**
 * The spans of one trace as a tree. Takes whatever arrived: missing parents make further roots, a shared id makes
 * parent and child, a loop of parents is cut at its earliest span, a child that starts before its parent on
 * another service's clock is shifted. Never recursive: traces of 40,000 spans in a chain do occur.
 */
export function spanTree(spans: readonly WaterfallSpan[]): SpanTree {
  const growing = growTree(spans);
  let step = growing.next();
  while (!step.done) step = growing.next();
  return step.value;
}

/** The same in steps of some ten milliseconds for a large trace: let the page breathe between two. */
export function* growTree(spans: readonly WaterfallSpan[]): Generator<void, SpanTree> {
  const nodes = nodesByKey(spans);
  yield;
  const ordered = [...nodes.values()].sort(byStart);
  yield;
  const roots = ordered.filter((node) => !attach(node, nodes));
  yield;
  cutLoops(ordered, roots);
  yield;
  for (const node of reachable(roots)) place(node);
  yield;
  roots.sort(byStart);
  for (const { children } of ordered) if (children.length > 1) children.sort(byStart);
  yield;
  count(roots);
  const all = [...nodes.values()];
  return {
    roots,
    nodes,
    missingParents: all.filter((node) => node.missingParent).length,
    loops: all.filter((node) => node.inLoop).length,
    skewed: all.filter((node) => Math.abs(node.skewNs) >= worthTellingNs).length,
    startNs: all.reduce((least, node) => Math.min(least, node.startNs), all[0]?.startNs ?? 0),
    endNs: all.reduce((most, node) => Math.max(most, node.endNs), 0),
  };
}

const worthTellingNs = 1_000_000;

/** Every node below `roots`, parents before children. */
export function* reachable(roots: readonly SpanNode[]): Generator<SpanNode> {
  const stack = [...roots].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i]!);
  }
}

function nodesByKey(spans: readonly WaterfallSpan[]): Map<string, SpanNode> {
  const nodes = new Map<string, SpanNode>();
  // Client before server, so that the server's span of a shared id hangs below the client's.
  const clientFirst = [...spans].sort((a, b) => Number(b.kind === 3) - Number(a.kind === 3));
  for (const span of clientFirst) {
    let key = span.spanId;
    for (let copy = 2; nodes.has(key); copy++) key = `${span.spanId}.${copy}`;
    nodes.set(key, {
      key,
      span,
      children: [],
      parent: undefined,
      depth: 0,
      missingParent: false,
      inLoop: false,
      position: 0,
      below: 0,
      failedBelow: 0,
      skewNs: 0,
      startNs: span.startNs,
      endNs: span.startNs + span.durationNs,
    });
  }
  return nodes;
}

/** Hangs a node below its parent; false when it has none here. */
function attach(node: SpanNode, nodes: ReadonlyMap<string, SpanNode>): boolean {
  const { span } = node;
  const parentKey = node.key === span.spanId ? span.parentSpanId : span.spanId;
  if (!parentKey) return false;
  const parent = nodes.get(parentKey);
  if (parent === node) node.inLoop = true;
  else if (!parent) node.missingParent = true;
  if (!parent || parent === node) return false;
  node.parent = parent;
  parent.children.push(node);
  return true;
}

function cutLoops(ordered: readonly SpanNode[], roots: SpanNode[]): void {
  if (countOf(reachable(roots)) === ordered.length) return;
  const seen = new Set(reachable(roots));
  for (const node of ordered) {
    if (seen.has(node)) continue;
    const siblings = node.parent?.children;
    siblings?.splice(siblings.indexOf(node), 1);
    node.parent = undefined;
    node.inLoop = true;
    roots.push(node);
    for (const below of reachable([node])) seen.add(below);
  }
}

function countOf(nodes: Iterable<SpanNode>): number {
  let count = 0;
  for (const _ of nodes) count++;
  return count;
}

/** Places among siblings, and what is below each. */
function count(roots: readonly SpanNode[]): void {
  const number = (siblings: readonly SpanNode[]) =>
    siblings.forEach((node, position) => {
      node.position = position;
    });
  number(roots);
  const order = [...reachable(roots)];
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!;
    number(node.children);
    if (!node.parent) continue;
    node.parent.below += node.below + 1;
    node.parent.failedBelow += node.failedBelow + (isError(node.span) ? 1 : 0);
  }
}

/** Depth and aligned time, from those of the parent. */
function place(node: SpanNode): void {
  const { parent, span } = node;
  if (!parent) return;
  node.depth = parent.depth + 1;
  const sameClock = parent.span.service === span.service && parent.span.namespace === span.namespace;
  if (sameClock) node.skewNs = parent.skewNs;
  else node.skewNs = shift(parent, node);
  node.startNs = span.startNs + node.skewNs;
  node.endNs = node.startNs + span.durationNs;
}

/** Behind its cause by less than clocks of one machine disagree: it began with its cause. By more: another clock. */
function shift(parent: SpanNode, node: SpanNode): number {
  const behindNs = parent.startNs - node.span.startNs;
  if (behindNs <= 0) return 0;
  return behindNs < worthTellingNs ? behindNs : behindNs + slack(parent, node);
}

/** Half of what the parent was longer: the way there taken to be as long as the way back (NTP's assumption). */
function slack(parent: SpanNode, node: SpanNode): number {
  return Math.max(0, Math.floor((parent.span.durationNs - node.span.durationNs) / 2));
}

function byStart(a: SpanNode, b: SpanNode): number {
  return a.startNs - b.startNs || b.endNs - a.endNs || (a.key < b.key ? -1 : 1);
}
