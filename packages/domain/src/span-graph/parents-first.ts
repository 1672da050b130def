import type { Hop } from "./hop.ts";

/**
 * The hops in an order in which parents stand before their children. Spans that are their own ancestors lose their
 * parents, all of them, so that it doesn't matter where the circle was entered. Linear, and without recursion:
 * a chain may be as long as the trace.
 */
export function parentsFirst(hops: readonly Hop[]): Hop[] {
  const ordered: Hop[] = [];
  const path: Hop[] = [];
  for (let i = 0; i < hops.length; i++) {
    let hop: Hop | undefined = hops[i];
    while (hop !== undefined && hop.visit === "unseen") {
      hop.visit = "on path";
      path.push(hop);
      hop = hop.parent;
    }
    if (hop?.visit === "on path") cutCircle(path, path.indexOf(hop));
    for (let done = path.pop(); done !== undefined; done = path.pop()) {
      done.visit = "done";
      ordered.push(done);
    }
  }
  return ordered;
}

function cutCircle(path: readonly Hop[], start: number): void {
  for (let i = start; i < path.length; i++) {
    const hop = path[i] as Hop;
    hop.parent = undefined;
    hop.cut = true;
  }
}
