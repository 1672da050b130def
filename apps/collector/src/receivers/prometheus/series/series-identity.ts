import { hash } from "node:crypto";
import type { Labels, Measure, MeshTable } from "../mesh/mesh-table.ts";

/** One counter or histogram of a target, and who reads it. */
export interface SeriesIdentity {
  /** Unique among the series of a target. */
  readonly id: string;
  readonly table: MeshTable;
  readonly measure: Measure;
}

/** Some 20 bytes for a text of a kilobyte. */
export function digestOf(text: string): string {
  return hash("sha1", text, "latin1");
}

/** The same for the same labels in any order. */
export function identityOf(metric: string, labels: Labels): string {
  const pairs = Array.from(labels, ([name, value]) => `${name}=${JSON.stringify(value)}`);
  return digestOf([metric, ...pairs.sort()].join());
}

/**
 * The labels of a sample and those of its target (Prometheus: honor_labels). Where both have one, the target's is taken
 * and the sample's gets `exported_` before its name; if the target's word is the sample's, the sample's is taken.
 */
export function mergeLabels(sample: Labels, target: Labels, honorLabels: boolean): Labels {
  const merged = new Map(sample);
  for (const [name, value] of target) {
    const own = sample.get(name);
    if (own !== undefined && honorLabels) continue;
    if (own !== undefined) merged.set(`exported_${name}`, own);
    merged.set(name, value);
  }
  return merged;
}
