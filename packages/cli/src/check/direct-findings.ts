import {
  type CommandSurroundings,
  type CommonOptions,
  databaseUrlFor,
  runningStart,
} from "../commands/command-surroundings.ts";
import type { Finding } from "../commands/mesh-status.ts";
import { wellKnownPorts } from "../start/well-known-ports.mjs";
import { answersOk } from "../supervise/readiness.ts";

type Where = Pick<CommonOptions, "dataDir" | "databaseUrl">;

/** What can be found out on this machine when there is no console to ask. */
export async function directFindings(surroundings: CommandSurroundings, options: Where): Promise<Finding[]> {
  const ports = runningStart(surroundings, options)?.ports ?? wellKnownPorts;
  return Promise.all([
    processFinding("controller", ports.controller),
    processFinding("collector", ports.otlpHttp),
    databaseFinding(surroundings, options),
  ]);
}

async function processFinding(name: string, port: number): Promise<Finding> {
  const id = `${name}.ready`;
  return (await answersOk(`http://127.0.0.1:${port}/readyz`))
    ? { id, state: "ok", says: `the ${name} is ready on port ${port}`, hint: null }
    : {
        ...{ id, state: "failed", says: `the ${name} does not answer on port ${port}` },
        hint: `is "npm start" running? Its log is logs/${name}.log in the data directory`,
      };
}

async function databaseFinding(surroundings: CommandSurroundings, options: Where): Promise<Finding> {
  const id = "database.reachable";
  try {
    const { checkDatabase } = await import("@weir/store");
    await checkDatabase(databaseUrlFor(surroundings, { output: "text", ...options }));
    return { id, state: "ok", says: "the database answers", hint: null };
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return { id, state: "failed", says, hint: "start it, or name it with --database-url or DATABASE_URL" };
  }
}
