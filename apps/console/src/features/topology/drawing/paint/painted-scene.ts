import type { MapNode } from "../../../../server/topology/topology-view.ts";
import type { Dimmed, EdgeLooks, Geometry, NodeChanges } from "../scene.ts";

/** All that pictures are painted from, as the painter keeps it. */
export interface PaintedScene {
  readonly geometry: Geometry;
  readonly nodes: readonly (MapNode | undefined)[];
  readonly edges: EdgeLooks;
  readonly dimmed: Dimmed;
  /** Left, top, right and bottom of each edge's curve. */
  readonly edgeBounds: Float32Array;
}

export function newScene(geometry: Geometry, changes: NodeChanges, edges: EdgeLooks): PaintedScene {
  const nodes: PaintedScene["nodes"] = new Array(geometry.boxes.length / 4).fill(undefined);
  return {
    geometry,
    edges,
    nodes: withChanges(nodes, changes),
    dimmed: {},
    edgeBounds: boundsOfCurves(geometry.curves),
  };
}

export function withNumbers(scene: PaintedScene, changes: NodeChanges, edges: EdgeLooks): PaintedScene {
  return { ...scene, edges, nodes: withChanges(scene.nodes, changes) };
}

function withChanges(nodes: PaintedScene["nodes"], changes: NodeChanges): PaintedScene["nodes"] {
  const next = [...nodes];
  for (const [index, node] of changes) next[index] = node;
  return next;
}

/** A curve never leaves the box around its ends and control points. */
function boundsOfCurves(curves: Float32Array): Float32Array {
  const bounds = new Float32Array(curves.length / 2);
  for (let edge = 0; edge < curves.length / 8; edge++) {
    const points = curves.subarray(8 * edge, 8 * edge + 8);
    const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0, dx = 0, dy = 0] = points;
    bounds.set(
      [
        Math.min(ax, bx, cx, dx),
        Math.min(ay, by, cy, dy),
        Math.max(ax, bx, cx, dx),
        Math.max(ay, by, cy, dy),
      ],
      4 * edge,
    );
  }
  return bounds;
}
