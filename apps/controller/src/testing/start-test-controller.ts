import { createLogger, startSelfTracing } from "@weir/telemetry/process";
import { type Controller, startController } from "../controller.ts";
import { defaultTimings, type Timings } from "../timings.ts";

/** A controller on a free port, quiet, with the times that matter to the test shortened. */
export async function startTestController(
  databaseUrl: string,
  timings: Partial<Timings> = {},
  port = 0,
): Promise<Controller> {
  const { tracer } = await startSelfTracing("controller-test");
  return startController({
    databaseUrl,
    listen: { host: "127.0.0.1", port },
    consoleUrl: "http://127.0.0.1:3000",
    webhookLoopback: true,
    timings: { ...defaultTimings, ...timings },
    logger: createLogger("controller-test", "silent"),
    tracer,
  });
}
