import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { TopologyRows } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import { sumEvidence } from "./edges/sum-evidence.ts";
import { TopologyEdges } from "./edges/topology-edges.ts";
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
    const edges = new TopologyEdges(coveredSeconds);
    const nodes = new TopologyNodes();
    await sumEvidence(
      sql,
      { window, wants: () => true, group: ({ target }) => target, scope: (pair) => pair },
      (sums) => {
        edges.add(sums);
        nodes.add(sums);
      },
    );
    return {
      nodes: nodes.with(registered),
      edges: edges.inOrder(),
      coveredSeconds,
    };
  });
}
