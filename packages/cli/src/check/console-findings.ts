import { release } from "@weir/domain/release";
import { CommandError } from "../commands/command-error.ts";
import type { CommandSurroundings } from "../commands/command-surroundings.ts";
import { type ConsoleOptions, consoleUrlOf, openConsole } from "../commands/console-api.ts";
import { type Finding, MeshStatus } from "../commands/mesh-status.ts";

const patienceMs = 15_000;
const clockWarningMs = 2_000;

/** What the console finds; undefined: it does not answer, which the finding says. */
export interface ConsoleFindings {
  readonly reachable: Finding;
  readonly others: readonly Finding[] | undefined;
}

/** Asks the console, and looks whether it fits to this command: of one release, on one time. */
export async function consoleFindings(
  surroundings: CommandSurroundings,
  options: ConsoleOptions,
  nowMs: () => number,
): Promise<ConsoleFindings> {
  const base = consoleUrlOf(surroundings, options);
  try {
    const response = await openConsole(base, "/status", {}, AbortSignal.timeout(patienceMs));
    const status = MeshStatus.parse(await response.json());
    return {
      reachable: { id: "console.reachable", state: "ok", says: `the console answers at ${base}`, hint: null },
      others: [releaseFinding(status), clockFinding(Date.parse(status.at) - nowMs()), ...status.checks],
    };
  } catch (error) {
    const says = error instanceof CommandError ? error.message : `${base} does not answer as a console does`;
    return {
      reachable: {
        ...{ id: "console.reachable", state: "failed", says },
        hint: 'is "npm start" running? Its log is logs/console.log in the data directory',
      },
      others: undefined,
    };
  }
}

function releaseFinding({ processes }: MeshStatus): Finding {
  const console = processes.find(({ name }) => name === "console")?.release ?? null;
  return console === release
    ? { id: "command.release", state: "ok", says: `this command is of release ${release}, too`, hint: null }
    : {
        ...{ id: "command.release", state: "warning" },
        says: `this command is of release ${release}, the console of ${console ?? "an older one"}`,
        hint: "use the command of the console's release; what it prints may be wrong or missing",
      };
}

/** The answer was on its way for part of it. */
function clockFinding(aheadMs: number): Finding {
  if (Math.abs(aheadMs) < clockWarningMs)
    return {
      id: "command.clock",
      state: "ok",
      says: "this machine and the console agree on the time",
      hint: null,
    };
  const seconds = (Math.abs(aheadMs) / 1_000).toFixed(1);
  return {
    ...{ id: "command.clock", state: "warning" },
    says: `the console's clock is ${seconds} s ${aheadMs < 0 ? "behind" : "ahead of"} this machine's`,
    hint: "let both follow a time server (NTP)",
  };
}
