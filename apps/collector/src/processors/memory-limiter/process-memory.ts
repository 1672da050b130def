import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { MemoryLimiterSettings } from "./memory-limiter.ts";

/** This process's memory, and a way to collect its garbage without a flag on the command line. */
export function processMemory(): Pick<MemoryLimiterSettings, "read" | "collectGarbage"> {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  return { read: () => process.memoryUsage(), collectGarbage: () => collectGarbage() };
}
