import { selfTimeNs } from "../self-time.ts";
import type { SpanNode, SpanTree } from "../span-tree.ts";
import { isError, spanTitle } from "../waterfall-span.ts";

/** Spans with the same way from the root: the same services and operations above them. */
export interface FlameFrame {
  /** The key of its first span; empty for the whole trace. */
  readonly key: string;
  readonly service: string;
  readonly operation: string;
  /** As people read it: with the path. */
  readonly title: string;
  /** 0: the whole trace. */
  readonly depth: number;
  readonly parent: FlameFrame | undefined;
  /** In the order in which they first began. */
  readonly children: FlameFrame[];
  spans: number;
  failed: number;
  /** Without what stands below it, summed over its spans. */
  selfNs: number;
  /** Its own time and that of all below it. What ran at the same time adds up, so it may be longer than the trace. */
  timeNs: number;
  /** Its own spans and all below it. */
  count: number;
}

/** What makes a frame wide. */
export type FlameMeasure = "time" | "count";

/** A trace by paths of service and operation, under one frame for all of it. Never recursive: chains of 40,000 spans occur. */
export function flameGraph(tree: SpanTree): FlameFrame {
  const whole = frameOf("", { service: "", operation: "" }, "Whole trace", undefined);
  const frames = [whole];
  const places = new Map<FlameFrame, Map<string, FlameFrame>>();
  const work = tree.roots.map((node) => ({ node, above: whole })).reverse();
  for (let next = work.pop(); next; next = work.pop()) {
    const frame = place(next.node, next.above, places, frames);
    frame.spans++;
    frame.failed += Number(isError(next.node.span));
    frame.selfNs += selfTimeNs(next.node);
    const { children } = next.node;
    for (let i = children.length - 1; i >= 0; i--) work.push({ node: children[i]!, above: frame });
  }
  for (let i = frames.length - 1; i >= 0; i--) addUp(frames[i]!);
  return whole;
}

function place(
  node: SpanNode,
  above: FlameFrame,
  places: Map<FlameFrame, Map<string, FlameFrame>>,
  frames: FlameFrame[],
): FlameFrame {
  const { span } = node;
  const title = spanTitle(span);
  const step = `${span.namespace}/${span.service}\0${title}`;
  const below = places.get(above) ?? new Map<string, FlameFrame>();
  places.set(above, below);
  const known = below.get(step);
  if (known) return known;
  const frame = frameOf(node.key, span, title, above);
  below.set(step, frame);
  above.children.push(frame);
  frames.push(frame);
  return frame;
}

function frameOf(
  key: string,
  { service, operation }: Pick<FlameFrame, "service" | "operation">,
  title: string,
  parent: FlameFrame | undefined,
): FlameFrame {
  return {
    ...{ key, service, operation, title, parent, depth: parent ? parent.depth + 1 : 0, children: [] },
    ...{ spans: 0, failed: 0, selfNs: 0, timeNs: 0, count: 0 },
  };
}

/** Children before parents. */
function addUp(frame: FlameFrame): void {
  frame.timeNs += frame.selfNs;
  frame.count += frame.spans;
  if (!frame.parent) return;
  frame.parent.timeNs += frame.timeNs;
  frame.parent.count += frame.count;
}

export function widthOf(frame: FlameFrame, by: FlameMeasure): number {
  return by === "time" ? frame.timeNs : frame.count;
}
