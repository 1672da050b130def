import { z } from "zod";

const limit = z.int().min(0).max(1_000_000);

/** Limits of what one sidecar has under way to a service; absent ones have Envoy's defaults. */
export const CircuitBreakerSpec = z.strictObject({
  /** 1024 when absent. */
  maxConnections: limit.optional(),
  /** Requests that wait for a connection; 1024 when absent. */
  maxPendingRequests: limit.optional(),
  /** 1024 when absent. */
  maxRequests: limit.optional(),
  /** Retries under way; 3 when absent. */
  maxRetries: limit.optional(),
});
export type CircuitBreakerSpec = z.infer<typeof CircuitBreakerSpec>;
