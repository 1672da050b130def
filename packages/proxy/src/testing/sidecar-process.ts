/** Runs a sidecar with the configuration file named by the first argument, as `weir proxy` does. */
import { runSidecar } from "../index.ts";

try {
  await runSidecar({ configFile: process.argv[2] ?? "" });
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
