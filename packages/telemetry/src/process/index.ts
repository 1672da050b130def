/**
 * What every Weir process needs to be run and observed: logs, metrics, health, self-tracing, graceful stop, patience.
 *
 * A process's `main.ts` makes a logger and a registry, answers health requests on the port it has anyway, and ends
 * with `onShutdown`.
 */
export * from "./health.ts";
export * from "./logger.ts";
export * from "./read-beginning.ts";
export * from "./registry.ts";
export * from "./retry-after.ts";
export * from "./self-tracing.ts";
export * from "./shutdown.ts";
