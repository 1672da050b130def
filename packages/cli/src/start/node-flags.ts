/** Flags for Node that save memory; there are two dozen processes. Measured in docs/benchmarks.md. */

/** For programs that use `node:http` and nothing of fetch. */
export const leanHttp: readonly string[] = [
  "--import",
  new URL("../supervise/lean-http.mjs", import.meta.url).href,
];

/**
 * For collector and controller, whose queues are bounded well below that. What they hold dies young: a nursery of half
 * the size costs the collector a sixth more a span.
 */
export const serverFlags: readonly string[] = [
  ...leanHttp,
  "--max-old-space-size=512",
  "--max-semi-space-size=32",
];

/** Small heaps for the shop's services, which hold little. */
export const appFlags: readonly string[] = [
  ...leanHttp,
  "--max-old-space-size=96",
  "--max-semi-space-size=1",
];

/** A sidecar's garbage is young: too small a nursery would cost it latency. */
export const sidecarFlags: readonly string[] = ["--max-old-space-size=128", "--max-semi-space-size=8"];

/** From the root of the repository. */
export const weirCommand = "packages/cli/bin/weir.mjs";
