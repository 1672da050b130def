import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { MemoryLimiterSettings } from "./memory-limiter.ts";

/** This process's memory, and a way to collect its garbage without a flag on the command line. */
export function processMemory(): Pick<MemoryLimiterSettings, "read" | "collectGarbage"> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as NodeJS.GCFunction;
  setFlagsFromString("--no-expose-gc");
  return {
    read: () => process.memoryUsage(),
    // V8 gives back to the system what it has only where it believes that this is its last resort.
    collectGarbage: () => collect({ type: "major", execution: "sync", flavor: "last-resort" }),
  };
}
