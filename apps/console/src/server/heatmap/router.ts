import { router } from "../trpc.ts";
import { of } from "./of.ts";
import { region } from "./region.ts";

export const heatmap = router({ of, region });
