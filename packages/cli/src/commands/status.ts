import { Command } from "commander";
import { z } from "zod";
import type { RunState } from "../start/run-state.ts";
import { type CommandSurroundings, runningStart } from "./command-surroundings.ts";
import { askConsole, type ConsoleOptions, printable, withConsoleOptions } from "./console-api.ts";
import { Health, healthText, Marks, marksText } from "./health-text.ts";
import { MeshStatus } from "./mesh-status.ts";
import { durationText, rateText, shareText } from "./quantity-text.ts";
import { renderFindings } from "./render-findings.ts";
import { renderTable } from "./render-table.ts";

interface StatusOptions extends ConsoleOptions {
  readonly window: string;
}

const Services = z.object({
  services: z.array(
    z.object({
      ...{ id: z.string(), kind: z.string(), stableVersion: z.string().nullable(), rps: z.number() },
      mode: z.object({ mode: z.string(), origin: z.string() }).nullable(),
      errorShare: z.number().nullable(),
      ...{ health: Health, marks: Marks },
      latencySeconds: z.object({ p50: z.number().nullable(), p99: z.number().nullable() }),
      versions: z.array(z.object({ version: z.string(), ready: z.boolean() })),
    }),
  ),
  next: z.string().nullable(),
});
type Services = z.infer<typeof Services>;

const help = `
Examples:
  weir status                                    the whole mesh at a glance
  weir status --window 1h                        with the signals of the last hour
  weir status -o json | jq -r '.away[]'          what is not there
  weir check                                     the same findings, and those that are well`;

/** `weir status`: the mesh, its processes, services, policies and sidecars, and what is wrong with them. */
export function statusCommand(surroundings: CommandSurroundings): Command {
  const command = new Command("status")
    .description("show the whole mesh at a glance: processes, services, policies, sidecars, what is wrong")
    .addHelpText("after", help)
    .option("--window <duration>", "how far back services' signals go, such as 90s, 15m, 6h", "5m")
    .option("--data-dir <dir>", 'data directory of the running "npm start", for process ids')
    .action((options: StatusOptions) => status(surroundings, options));
  return withConsoleOptions(command, ["table", "json"]);
}

async function status(surroundings: CommandSurroundings, options: StatusOptions): Promise<void> {
  const answer = await askConsole(surroundings, options, "/status");
  const mesh = MeshStatus.parse(answer);
  // They live in the database: without it the status itself says enough.
  const services = mesh.mesh
    ? await askConsole(surroundings, options, "/services", { from: options.window, limit: "1000" })
    : null;
  const pids = runningStart(surroundings, options)?.processes ?? {};
  surroundings.print(
    options.output === "json"
      ? JSON.stringify({ ...Object(answer), ...Object(services), pids }, null, 2)
      : [
          heading(mesh),
          processesTable(mesh, pids),
          ...(services === null
            ? []
            : [servicesTable(Services.parse(services), options.window, surroundings)]),
          ...policiesTable(mesh),
          ...sidecarsTable(mesh),
          findings(mesh, surroundings),
        ].join("\n\n"),
  );
}

function heading({ mesh, telemetry }: MeshStatus): string {
  if (mesh === null) return "Mesh: not known while the database is away";
  const lag = telemetry?.lagSeconds ?? null;
  const newest = lag === null ? "no telemetry yet" : `newest telemetry ${Math.round(lag)} s old`;
  return `Mesh: ${mesh.mode}${mesh.hold ? ", held in observe" : ""}; configuration revision ${mesh.revision}; ${newest}`;
}

/** Those that the console knows of, and with them the others of a start that runs here. */
function processesTable({ processes }: MeshStatus, pids: RunState["processes"]): string {
  const known = processes.map(({ name, ready, release }) => [
    ...[name, ready ? "ready" : "away", release ?? "-", pidText(pids, name)],
  ]);
  const names = new Set(processes.map(({ name }) => name));
  const others = Object.keys(pids).filter((name) => !names.has(name));
  return renderTable(
    ["PROCESS", "STATE", "RELEASE", "PID"],
    [
      ...known,
      ...others.map((name) => [name, pids[name] === undefined ? "away" : "runs", "-", pidText(pids, name)]),
    ],
  );
}

function pidText(pids: RunState["processes"], name: string): string {
  if (!(name in pids)) return "-";
  return pids[name] === undefined ? "restarting" : `${pids[name]}`;
}

function servicesTable({ services, next }: Services, window: string, { paint }: CommandSurroundings): string {
  if (services.length === 0) return "No service has registered yet.";
  const table = renderTable(
    ["SERVICE", "MODE", "SET BY", "VERSIONS", "STABLE", "RATE", "ERRORS", "P50", "P99", "HEALTH", "POLICIES"],
    services.map((service) => [
      printable(service.id),
      service.mode?.mode ?? "-",
      service.mode?.origin ?? "-",
      versionsText(service.versions) || "-",
      service.stableVersion ?? "-",
      rateText(service.rps),
      shareText(service.errorShare),
      durationText(service.latencySeconds.p50),
      durationText(service.latencySeconds.p99),
      healthText(service.health, paint),
      marksText(service.marks),
    ]),
  );
  const more = next === null ? "" : "\nThere are more: see weir graph.";
  return `Services, with what arrived at them in the last ${window}:\n${table}${more}`;
}

function versionsText(versions: Services["services"][number]["versions"]): string {
  return versions.map(({ version, ready }) => printable(ready ? version : `${version} (down)`)).join(", ");
}

function policiesTable({ policies }: MeshStatus): string[] {
  if (policies === null) return [];
  if (policies.length === 0) return ["No policy has been written yet."];
  return [
    renderTable(
      ["POLICY", "KIND", "TARGET", "MODE", "REVISION", "CHANGED BY"],
      policies.map((policy) => [
        ...[policy.id, policy.kind, policy.target, policy.mode, `${policy.revision}`],
        printable(policy.changedBy),
      ]),
    ),
  ];
}

function sidecarsTable({ sidecars }: MeshStatus): string[] {
  if (sidecars === null) return [];
  const here = sidecars.filter(({ state }) => state !== "gone");
  if (here.length === 0) return ["No sidecar is connected."];
  return [
    renderTable(
      ["SIDECAR", "ADDRESS", "RUNS", "WANTED", "STATE"],
      here.map(({ service, version, address, runs, wanted, state, reason }) => [
        ...[`${service} ${version}`, address ?? "-", runs ?? "-", wanted ?? "-"],
        printable(reason === null ? state : `${state}: ${reason}`),
      ]),
    ),
  ];
}

function findings({ checks }: MeshStatus, { paint }: CommandSurroundings): string {
  const wrong = checks.filter(({ state }) => state === "failed" || state === "warning");
  return wrong.length === 0 ? paint("good", "✔ Nothing is wrong.") : renderFindings(wrong, paint);
}
