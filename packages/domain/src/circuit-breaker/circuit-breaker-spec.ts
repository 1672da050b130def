import { z } from "zod";

const limit = z.int().min(0).max(1_000_000);

/** Limits of what one sidecar has under way to a service; absent ones have Envoy's defaults. */
export const CircuitBreakerSpec = z.strictObject({
  maxConnections: limit.optional().meta({
    description: "Connections from one sidecar to the service; 1024 when left out.",
    examples: [1024],
  }),
  maxPendingRequests: limit.optional().meta({
    description: "Requests that wait for a connection; one more is answered 503. 1024 when left out.",
    examples: [1024],
  }),
  maxRequests: limit.optional().meta({
    description: "Requests under way at once; one more is answered 503. 1024 when left out.",
    examples: [1024],
  }),
  maxRetries: limit.optional().meta({
    description: "Retries under way at once; 3 when left out.",
    examples: [3],
  }),
});
export type CircuitBreakerSpec = z.infer<typeof CircuitBreakerSpec>;
