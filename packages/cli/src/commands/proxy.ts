import { parseArgs } from "node:util";

const usage = `Usage: weir proxy --config FILE

Runs one sidecar with this configuration (YAML) until SIGTERM or SIGINT.
`;

/** Runs a sidecar. Refuses a wrong command line with exit code 2, a configuration it cannot use with 1. */
export async function proxy(args: string[]): Promise<void> {
  const configFile = configFileOf(args);
  if (configFile === undefined) return;
  const { runSidecar } = await import("@weir/proxy");
  try {
    await runSidecar({ configFile });
  } catch (error) {
    console.error(`weir proxy: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

function configFileOf(args: string[]): string | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: { config: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    if (values.help) {
      console.log(usage);
      return undefined;
    }
    if (!values.config) throw new Error("--config FILE is needed");
    return values.config;
  } catch (error) {
    console.error(`weir proxy: ${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}
