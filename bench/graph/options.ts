import { parseArgs } from "node:util";
import { listed, readOptionsOrExit, WrongUse, wholeNumber } from "../shared/read-options.ts";
import type { MeshSize } from "./store-mesh.ts";

export const drawers = ["weir", "cytoscape", "cytoscape-texture", "react-flow"] as const;
export type Drawer = (typeof drawers)[number];

export interface Options {
  readonly sizes: readonly MeshSize[];
  readonly drawers: readonly Drawer[];
}

const usage = `How the map is drawn, moved and updated at the size of a real mesh, beside Cytoscape.js and React Flow.

npm run bench -- graph [--sizes LIST] [--only LIST]

  --sizes LIST   services and edges, such as 1000x5000,5000x20000 (those two)
  --only LIST    of ${drawers.join(", ")} (all)

The console has to be built: npm start does.`;

/** See {@link readOptionsOrExit}. */
export function readGraphOptions(args: readonly string[]): Options {
  return readOptionsOrExit("graph", usage, () => read(args));
}

/** Undefined when help was asked for. */
function read(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sizes: { type: "string", default: "1000x5000,5000x20000" },
      only: { type: "string", default: drawers.join() },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  const only = listed("drawer", values.only, drawers);
  return {
    sizes: values.sizes.split(",").map(sizeOf),
    drawers: drawers.filter((drawer) => only.has(drawer)),
  };
}

/** Below that, the map is no picture, and its peers would be given another layout. */
const leastServices = 200;

function sizeOf(text: string): MeshSize {
  const [services, edges, ...more] = text.split("x");
  if (services === undefined || edges === undefined || more.length > 0)
    throw new WrongUse(`--sizes takes services and edges, such as 1000x5000, not "${text}"`);
  return {
    services: wholeNumber("--sizes", services, leastServices),
    edges: wholeNumber("--sizes", edges, leastServices),
  };
}
