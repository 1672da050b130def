import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { MergedTopology } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import { MergedEdges } from "./edges/merged-edges.ts";
import { sumEvidence } from "./edges/sum-evidence.ts";
import { TopologyNodes } from "./edges/topology-nodes.ts";
import type { EdgeEnd } from "./records.ts";
import { readRegistered } from "./registered.ts";

/**
 * As `topology`, with ends of requests put together into places: all services of a namespace, say, or each version by
 * itself. Reads the same rows. Each pair is counted by one kind of evidence; a place may have pairs of both.
 *
 * @param placeOf names the place of an end; also asked for versions of callers.
 */
export function mergedTopology(
  sql: Sql,
  window: Window,
  placeOf: (end: EdgeEnd) => string,
): Promise<MergedTopology> {
  return guarded(sql, async () => {
    const [registered, covered] = await Promise.all([readRegistered(sql), readCoveredTime(sql, window)]);
    const coveredSeconds = (covered.toMs - covered.fromMs) / 1000;
    const edges = new MergedEdges(coveredSeconds, placeOf);
    const nodes = new TopologyNodes();
    await sumEvidence(
      sql,
      { window, wants: () => true, group: ({ link }) => link, scope: (pair) => pair },
      (sums) => {
        edges.add(sums);
        nodes.add(sums);
      },
    );
    return {
      nodes: nodes.with(registered),
      places: edges.places(),
      edges: edges.edges(),
      coveredSeconds,
    };
  });
}
