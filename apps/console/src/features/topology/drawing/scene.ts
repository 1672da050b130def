import type { Box } from "@weir/graph";
import type { MapNode } from "../../../server/topology/topology-view.ts";
import type { Frame } from "./frame.ts";
import type { FontSource } from "./page-fonts.ts";
import type { Palette } from "./palette.ts";

/** Where everything stands, as numbers that cross to a worker without being copied one by one. */
export interface Geometry {
  /** x, y, width and height of each node, in pixels at a zoom of 1. */
  readonly boxes: Float32Array;
  /** x and y of start, two control points and end of each edge's curve. */
  readonly curves: Float32Array;
  readonly groups: readonly (Box & { readonly name: string })[];
}

/** What edges look like, in the order of the curves. A width of 0: placed, and no longer there. */
export interface EdgeLooks {
  readonly widths: Float32Array;
  /** Places in {@link healthOrder}. */
  readonly healths: Uint8Array;
}

/** Nodes whose numbers changed, by their place among the boxes; undefined: placed, and no longer there. */
export type NodeChanges = readonly (readonly [index: number, node: MapNode | undefined])[];

/** 1: has no part in what is looked at. Both absent: all count alike. */
export interface Dimmed {
  readonly nodes?: Uint8Array;
  readonly edges?: Uint8Array;
}

export interface Style {
  readonly palette: Palette;
  readonly fonts: readonly FontSource[];
  readonly sans: string;
  readonly mono: string;
}

/** What the painter is told; it answers each `paint`, in order, and whatever it fails at, with an {@link Answer}. */
export type Told =
  | {
      readonly kind: "geometry";
      readonly geometry: Geometry;
      readonly nodes: NodeChanges;
      readonly edges: EdgeLooks;
    }
  | { readonly kind: "numbers"; readonly nodes: NodeChanges; readonly edges: EdgeLooks }
  | { readonly kind: "dimmed"; readonly dimmed: Dimmed }
  | { readonly kind: "style"; readonly style: Style }
  | { readonly kind: "paint"; readonly frame: Frame; readonly pixelRatio: number };

export interface Painted {
  readonly picture: ImageBitmap;
  readonly tookMs: number;
}

/** What came of something told, where it is a picture or could not be done. */
export type Answer = Painted | { readonly failed: string };

/** From what is drawn below to what is drawn on top. */
export const healthOrder = ["no-data", "ok", "degraded", "failing"] as const;
