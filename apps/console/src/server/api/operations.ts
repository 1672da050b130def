import { graph } from "./graph.ts";
import { heatmap } from "./heatmap.ts";
import type { Operation } from "./operation.ts";
import { preview } from "./preview.ts";
import { services } from "./services.ts";
import { status } from "./status.ts";
import { tap } from "./tap.ts";
import { top } from "./top.ts";
import { trace } from "./trace.ts";
import { traces } from "./traces.ts";

/** All that can be read at `/api/v1`, in the order of its description. */
export const operations: readonly Operation[] = [
  ...[graph, services, traces, trace, heatmap],
  ...[tap, top, preview, status],
];
