import { router } from "../trpc.ts";
import { get } from "./get.ts";
import { ofEdge, ofNode } from "./series.ts";

export const topology = router({ get, ofEdge, ofNode });
