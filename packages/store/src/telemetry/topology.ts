import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { TopologyEdge, TopologyRows } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import type { EdgePair } from "./edges/edge-catalog.ts";
import { sumEvidence } from "./edges/sum-evidence.ts";
import { topologyEdgesOf } from "./edges/topology-edges.ts";
import { TopologyNodes } from "./edges/topology-nodes.ts";
import { readRegistered } from "./registered.ts";

/**
 * Who called whom in a window, from metrics (unsampled); from spans where metrics tell nothing of a pair. Services and
 * versions that are registered now are there without requests too. Slots of 10 s count when they start before the
 * window's end and don't end before its start.
 */
export function topology(sql: Sql, window: Window): Promise<TopologyRows> {
  return guarded(sql, async () => {
    const [registered, covered] = await Promise.all([readRegistered(sql), readCoveredTime(sql, window)]);
    const coveredSeconds = (covered.toMs - covered.fromMs) / 1000;
    const edges: [EdgePair, TopologyEdge][] = [];
    const nodes = new TopologyNodes();
    await sumEvidence(
      sql,
      { window, wants: () => true, group: (series) => series, scope: (pair) => pair },
      (sums) => {
        edges.push(...topologyEdgesOf(sums, coveredSeconds));
        nodes.add(sums);
      },
    );
    return {
      nodes: nodes.with(registered),
      edges: edges.sort(([a], [b]) => a.rank - b.rank).map(([, edge]) => edge),
      coveredSeconds,
    };
  });
}
