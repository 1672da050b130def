import { arrangeColumns, layoutGraph } from "@weir/graph";
import { edgePoints } from "../query/mesh-edges.ts";
import type { MeshSize } from "./store-mesh.ts";

/** What the peers draw: the same mesh at the same places as on the console's map. */
export interface PlacedGraph {
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly edges: readonly {
    readonly id: string;
    readonly source: string;
    readonly target: string;
    readonly width: number;
    readonly failing: boolean;
  }[];
}

/** A service with one version on the map. */
const nodeSize = { width: 172, height: 74 };

export async function placeMesh(size: MeshSize): Promise<PlacedGraph> {
  const nodes = new Map<string, { id: string; group: string; width: number; height: number }>();
  const edges = new Map<string, PlacedGraph["edges"][number]>();
  for (const { source, destination, requests, statusClass } of edgePoints(size, 30)) {
    const ends = [source, destination].map(({ namespace, service }) => {
      const id = `${namespace}/${service}`;
      nodes.set(id, { id, group: namespace, ...nodeSize });
      return id;
    });
    const [from = "", to = ""] = ends;
    const id = `${from}~${to}`;
    const known = edges.get(id);
    const width = Math.min(6, 1.25 + Math.log10(1 + requests / 30));
    edges.set(id, {
      ...{ id, source: from, target: to, width: known?.width ?? width },
      failing: (known?.failing ?? false) || statusClass === 5,
    });
  }
  const placement = await layoutGraph(
    { direction: "right", nodes: [...nodes.values()], edges: [...edges.values()] },
    {
      layout: () => Promise.reject(new Error("the graph is too small to be measured")),
      arrange: (problem) => Promise.resolve(arrangeColumns(problem)),
    },
  );
  return {
    nodes: [...placement.nodes].map(([id, box]) => ({ id, name: id.split("/")[1] ?? id, ...box })),
    edges: [...edges.values()],
  };
}
