export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface GraphNode extends Size {
  readonly id: string;
  /** Nodes of one group stand together in a box; a node without one stands free. */
  readonly group?: string | undefined;
}

export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Room kept free for a label on the way; absent where there will be none. */
  readonly label?: Size | undefined;
}

/** Where callers stand: at the left of what they call, or above it (narrow windows). */
export type Direction = "right" | "down";

/** What is to be laid out. Lengths are CSS pixels at a zoom of 1. */
export interface Graph {
  readonly direction: Direction;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
