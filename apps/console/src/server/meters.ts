import { Gauge, Histogram, type Registry } from "@weir/telemetry/process";

export interface Meters {
  readonly procedures: Histogram<"procedure" | "outcome">;
  readonly subscribers: Gauge;
}

/** What the console counts of itself, beside Node's own metrics. */
export function createMeters(registry: Registry): Meters {
  return {
    procedures: new Histogram({
      name: "weir_console_procedure_duration_seconds",
      help: "How long procedures took, by name and by outcome (ok, or tRPC's code of the error).",
      labelNames: ["procedure", "outcome"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
    subscribers: new Gauge({
      name: "weir_console_live_subscribers",
      help: "Pages that follow changes right now.",
      registers: [registry],
    }),
  };
}
