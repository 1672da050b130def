import { mainRoot } from "./critical-path.ts";
import type { SpanNode, SpanTree } from "./span-tree.ts";
import { isError } from "./waterfall-span.ts";

/** What the head of a trace's page says. */
export interface TraceFacts {
  readonly root: SpanNode | undefined;
  readonly totalNs: number;
  readonly spans: number;
  readonly errors: number;
  /** Of the tree, from 1. */
  readonly levels: number;
  /** In order of first appearance, which is also the order of their colours. */
  readonly services: readonly { readonly name: string; readonly spans: number; readonly errors: number }[];
}

export function traceFacts(tree: SpanTree): TraceFacts {
  const services = new Map<string, { name: string; spans: number; errors: number }>();
  let errors = 0;
  let deepest = 0;
  const inTime = [...tree.nodes.values()].sort((a, b) => a.startNs - b.startNs || a.depth - b.depth);
  for (const { span, depth } of inTime) {
    if (depth > deepest) deepest = depth;
    const name = span.service;
    const service = services.get(name) ?? { name, spans: 0, errors: 0 };
    service.spans++;
    if (isError(span)) {
      service.errors++;
      errors++;
    }
    services.set(name, service);
  }
  return {
    root: mainRoot(tree),
    totalNs: tree.endNs - tree.startNs,
    spans: tree.nodes.size,
    errors,
    levels: deepest + 1,
    services: [...services.values()],
  };
}
