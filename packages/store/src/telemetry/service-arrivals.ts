import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { Latency, Outcomes, ServiceName, TopologyNode, Traffic } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import { Arrivals } from "./edges/arrivals.ts";
import { sumEvidence } from "./edges/sum-evidence.ts";
import { TopologyNodes } from "./edges/topology-nodes.ts";
import { readRegistered } from "./registered.ts";
import { stepsOf } from "./steps.ts";

/** What arrived at a service in a window, whoever sent it. */
export interface ServiceArrivals extends ServiceName, Traffic, Outcomes, Latency {
  readonly rps: number;
  /** Requests a second in each interval of the window, the oldest first; empty where no course is asked for. */
  readonly course: readonly number[];
}

export interface ArrivalRows {
  /** Every service with its versions, as on the map. */
  readonly nodes: readonly TopologyNode[];
  /** Of services at which something arrived, in no order. */
  readonly arrivals: readonly ServiceArrivals[];
  readonly coveredSeconds: number;
}

/**
 * What arrived at each service of the mesh, in one reading. Counts are those of the map: of a pair by spans where metrics
 * tell nothing of it. Latency and course are never of both: by spans only where metrics tell of no request to the service.
 *
 * @param slots how many intervals a course has, about; absent: none is asked for.
 */
export function serviceArrivals(sql: Sql, window: Window, slots?: number): Promise<ArrivalRows> {
  return guarded(sql, async () => {
    const steps = slots === undefined ? undefined : stepsOf(window, slots);
    const [registered, covered] = await Promise.all([readRegistered(sql), readCoveredTime(sql, window)]);
    const nodes = new TopologyNodes();
    const arrivals = new Arrivals(steps, covered);
    await sumEvidence(
      sql,
      {
        ...{ window, ...(steps && { course: { ...steps, fromMs: steps.window.fromMs } }) },
        ...{ wants: () => true, group: ({ target }) => target, scope: (pair) => pair },
      },
      (sums) => {
        nodes.add(sums);
        arrivals.add(sums);
      },
    );
    return {
      nodes: nodes.with(registered),
      arrivals: arrivals.all(),
      coveredSeconds: (covered.toMs - covered.fromMs) / 1000,
    };
  });
}
