import { nth, type Samples } from "../query/samples.ts";

/** A procedure with what it is asked in the n-th run. */
export interface Procedure {
  readonly name: string;
  readonly path: string;
  input(run: number): unknown;
}

/** What pages ask for. */
export function proceduresOf({ services, edges, traceIds }: Samples): Procedure[] {
  const map = (window: string) => ({ path: "topology.get", input: () => ({ window }) });
  return [
    { name: "map, 5 minutes", ...map("5m") },
    { name: "map, 1 hour", ...map("1h") },
    { name: "services, 15 minutes", path: "services.list", input: () => ({ window: "15m" }) },
    {
      name: "one service, 1 hour",
      path: "topology.ofNode",
      input: (run) => ({ place: nth(services, run), window: "1h" }),
    },
    {
      name: "one edge, 1 hour",
      path: "topology.ofEdge",
      input: (run) => ({ ...nth(edges, run), window: "1h" }),
    },
    {
      name: "traces of a service, 1 hour",
      path: "traces.search",
      input: (run) => ({ length: "1h", service: nth(services, run) }),
    },
    {
      name: "failed traces, 1 hour",
      path: "traces.search",
      input: () => ({ length: "1h", errorsOnly: true }),
    },
    { name: "one trace", path: "traces.byId", input: (run) => ({ traceId: nth(traceIds, run) }) },
  ];
}
