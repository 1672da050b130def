/** Runs a sidecar with the configuration file named by the first argument, as `weir proxy` does; the second: workers. */
import { runSidecar } from "../index.ts";

try {
  await runSidecar({ configFile: process.argv[2] ?? "", workers: Number(process.argv[3] ?? 1) });
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
