import { router } from "../trpc.ts";
import { get } from "./get.ts";
import { ofEdge } from "./of-edge.ts";
import { ofMesh } from "./of-mesh.ts";
import { ofNode } from "./of-node.ts";
import { tracesOfEdge } from "./traces-of-edge.ts";

export const topology = router({ get, ofEdge, ofMesh, ofNode, tracesOfEdge });
