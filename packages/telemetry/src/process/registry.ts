import { collectDefaultMetrics, Gauge, Registry } from "prom-client";

export { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** A registry of its own for one process, with Node's default metrics and `weir_process_info{process=NAME}`. */
export function createRegistry(name: string): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "weir_process_info",
    help: "Always 1; says which of Weir's processes this is.",
    labelNames: ["process"],
    registers: [registry],
  }).set({ process: name }, 1);
  return registry;
}
