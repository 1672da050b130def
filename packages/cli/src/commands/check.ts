import { Command } from "commander";
import { wellKnownPorts } from "../start/well-known-ports.mjs";
import { answersOk } from "../supervise/readiness.ts";
import { CommandError, exitCodes } from "./command-error.ts";
import {
  type CommandSurroundings,
  type CommonOptions,
  databaseUrlFor,
  runningStart,
  withStore,
} from "./command-surroundings.ts";
import { stateOf } from "./status.ts";

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** `weir check`: whether what should run does run, and what to do about what does not. */
export function checkCommand(surroundings: CommandSurroundings): Command {
  return new Command("check")
    .description("check that everything runs and is current")
    .action(async (options: CommonOptions) => {
      const findings = [
        ...(await processes(surroundings, options)),
        ...(await databaseAndSidecars(surroundings, options)),
      ];
      surroundings.print(
        options.output === "json"
          ? JSON.stringify(findings, null, 2)
          : findings.map(({ what, ok, detail }) => `${ok ? "✔" : "✖"} ${what}: ${detail}`).join("\n"),
      );
      const wrong = findings.filter(({ ok }) => !ok).length;
      if (wrong > 0) throw new CommandError(exitCodes.failed, `${wrong} of ${findings.length} checks failed`);
    });
}

async function processes(surroundings: CommandSurroundings, options: CommonOptions): Promise<Finding[]> {
  const ports = runningStart(surroundings, options)?.ports ?? wellKnownPorts;
  const targets = [
    ["console", ports.console],
    ["controller", ports.controller],
    ["collector", ports.otlpHttp],
  ] as const;
  return Promise.all(
    targets.map(async ([what, port]): Promise<Finding> => {
      const ok = await answersOk(`http://127.0.0.1:${port}/readyz`);
      const hint = `does not answer on port ${port}; is "npm start" running? Its log is logs/${what}.log in the data directory`;
      return { what, ok, detail: ok ? `ready on port ${port}` : hint };
    }),
  );
}

async function databaseAndSidecars(
  surroundings: CommandSurroundings,
  options: CommonOptions,
): Promise<Finding[]> {
  try {
    const { checkDatabase } = await import("@weir/store");
    await checkDatabase(databaseUrlFor(surroundings, options));
    const sidecars = await withStore(surroundings, options, (store) => store.listSidecars());
    const connected = sidecars.filter((sidecar) => sidecar.connected);
    const late = connected.filter((sidecar) => stateOf(sidecar) !== "current");
    const names = late.map((s) => `${s.workload.service} ${s.workload.version} (${stateOf(s)})`).join(", ");
    return [
      { what: "database", ok: true, detail: "can be used" },
      {
        what: "sidecars",
        ok: connected.length > 0 && late.length === 0,
        detail:
          connected.length === 0
            ? "none is connected; start one with weir proxy --config FILE"
            : late.length === 0
              ? `${connected.length} connected, all current`
              : `${late.length} of ${connected.length} are not current: ${names}`,
      },
    ];
  } catch (error) {
    return [{ what: "database", ok: false, detail: error instanceof Error ? error.message : String(error) }];
  }
}
