import type { Graph } from "../model/graph.ts";

/**
 * Same key, same picture: made of what has an influence on where things stand and of nothing else. Sums of hashes
 * do not depend on the order of rows, so that new numbers or another order never move anything, and cost a few
 * milliseconds for 20,000 edges, which are read again every second. Two different graphs share a key once in 2^60.
 */
export function layoutKey(graph: Graph): string {
  const sum = new Sum();
  for (const { id, group, width, height } of graph.nodes) sum.add(`${group ?? ""}|${id}|${width}x${height}`);
  for (const { source, target, label } of graph.edges)
    sum.add(`${source}>${target}|${label ? `${label.width}x${label.height}` : ""}`);
  return `${graph.direction} ${graph.nodes.length} ${graph.edges.length} ${sum}`;
}

/** Two sums of 32-bit hashes of texts (FNV-1a from two starts, mixed as MurmurHash3 ends). */
class Sum {
  #a = 0;
  #b = 0;

  add(text: string): void {
    let a = 0x811c9dc5;
    let b = 0x9747b28c;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
    }
    this.#a = (this.#a + mixed(a)) | 0;
    this.#b = (this.#b + mixed(b)) | 0;
  }

  toString(): string {
    return `${(this.#a >>> 0).toString(36)}-${(this.#b >>> 0).toString(36)}`;
  }
}

function mixed(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return whole ^ (whole >>> 16);
}
