import { parseArgs } from "node:util";

const maxWorkers = 64;

const usage = `Usage: weir proxy --config FILE [--workers N]

Runs one sidecar with this configuration (YAML) until SIGTERM or SIGINT.

  --config FILE  its configuration
  --workers N    threads that serve requests, 1 to ${maxWorkers} (default 1)
`;

/** Runs a sidecar. Refuses a wrong command line with exit code 2, a configuration it cannot use with 1. */
export async function proxy(args: string[]): Promise<void> {
  const options = optionsOf(args);
  if (options === undefined) return;
  const { runSidecar } = await import("@weir/proxy");
  try {
    await runSidecar(options);
  } catch (error) {
    console.error(`weir proxy: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

function optionsOf(args: string[]): { configFile: string; workers: number } | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        config: { type: "string" },
        workers: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(usage);
      return undefined;
    }
    if (!values.config) throw new Error("--config FILE is needed");
    return { configFile: values.config, workers: workersOf(values.workers ?? "1") };
  } catch (error) {
    console.error(`weir proxy: ${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function workersOf(text: string): number {
  const workers = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (workers < 1 || workers > maxWorkers)
    throw new Error(`--workers must be a number from 1 to ${maxWorkers}, not ${JSON.stringify(text)}`);
  return workers;
}
