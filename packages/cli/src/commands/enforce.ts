import { type ModeSwitch, readDuration, readWindow, switchWords, windowOf } from "@weir/domain";
import {
  type Consent,
  consentTo,
  type Gate,
  GuardBudget,
  gateOf,
  missingConsent,
  type Prediction,
} from "@weir/rollout";
import type { ConfigStore, StoredEnforcement } from "@weir/store";
import { Command, Option } from "commander";
import { CommandError, exitCodes } from "./command-error.ts";
import {
  type CommandSurroundings,
  type CommonOptions,
  changeBy,
  databaseUrlFor,
  withStore,
} from "./command-surroundings.ts";
import { printable } from "./console-api.ts";
import { enforcementsCommands } from "./enforcements.ts";
import { predictionText } from "./prediction-text.ts";
import { parseServiceRef } from "./service-ref.ts";

interface EnforceOptions extends CommonOptions {
  readonly namespace?: string;
  readonly mesh?: boolean;
  readonly window: string;
  readonly for: string;
  readonly guard: boolean;
  readonly yes?: boolean;
  readonly reason?: string;
}

const nothing: Consent = { denied: [], unproven: [] };

const help = `
Examples:
  weir enforce policy shop/limit --reason "measured for a week"
  weir enforce shop/payments --window 6h --for 1h
  weir enforce list
  weir enforce show 7
  weir enforce take-back 7 --reason "it hurts"`;

/** `weir enforce`: says what enforcing would do, asks for `--yes` where anything is denied, enforces, and sets the guard. */
export function enforceCommand(surroundings: CommandSurroundings): Command {
  const command = new Command("enforce")
    .description(
      "enforce a service, a policy, a namespace or the mesh, after saying what it would do, watched by a guard",
    )
    .addHelpText("after", help)
    .enablePositionalOptions()
    .argument("[what...]", "shop/payments for a service, policy shop/limit for a policy")
    .addOption(new Option("--namespace <name>", "a namespace").conflicts("mesh"))
    .option("--mesh", "everything that has no mode of its own")
    .option("--window <length>", "what is predicted by: the requests of this time", "15m")
    .option("--yes", "agree to whatever is printed as denied, or as without evidence")
    .option("--for <time>", "how long the guard watches", "15m")
    .option("--guard", "take it back where it does other than predicted (default)", true)
    .option("--no-guard", "watch nothing; not with --for")
    .option("--reason <text>", "stands in the audit")
    .action(async (what: string[], options: EnforceOptions) => {
      const at = switchOf(what, options);
      if (!options.guard && command.getOptionValueSource("for") === "cli")
        throw new CommandError(
          exitCodes.usage,
          "without a guard nobody watches for any time: write either --no-guard or --for",
        );
      const budget = options.guard ? budgetOf(options) : undefined;
      await withStore(surroundings, options, async (store) => {
        const prediction = await predict(store, databaseUrlFor(surroundings, options), at, options.window);
        const gate = gateOf(prediction);
        const told = predictionText(prediction, gate, options.window);
        const isEmpty = prediction.policies.length === 0; // perhaps since there is no such thing, which comes out below
        if (options.output === "text" && !isEmpty) surroundings.print(told);
        const consent = options.yes ? consentTo(gate) : nothing;
        const missing = missingConsent(gate, consent);
        if (missing !== undefined)
          throw new CommandError(
            exitCodes.refused,
            `${printable(missing)}; mend the policy, or agree with --yes`,
          );
        const change = changeBy(surroundings, options.reason);
        const started = await store.startEnforcement({ at, prediction, consent, budget, ...change });
        if (options.output === "text" && isEmpty) surroundings.print(told);
        surroundings.print(startedText(started, gate, options));
      });
    });
  for (const one of enforcementsCommands(surroundings)) command.addCommand(one);
  return command;
}

function switchOf(what: readonly string[], { namespace, mesh }: EnforceOptions): ModeSwitch {
  const [first = "", second] = what;
  const named: ModeSwitch[] = [];
  if (namespace !== undefined) named.push({ scope: "namespace", name: namespace });
  if (mesh) named.push({ scope: "mesh" });
  if (first === "policy" && what.length === 2)
    named.push({ scope: "policy", ...parseServiceRef(second ?? "", "policy") });
  else if (what.length === 1) named.push({ scope: "service", ...parseServiceRef(first) });
  const [at] = named;
  if (
    at !== undefined &&
    named.length === 1 &&
    (what.length === 0 || at.scope === "policy" || at.scope === "service")
  )
    return at;
  throw new CommandError(
    exitCodes.usage,
    "name one thing to enforce: a service (shop/payments), policy shop/limit, --namespace shop or --mesh",
  );
}

function budgetOf(options: EnforceOptions): GuardBudget {
  const read = GuardBudget.safeParse({ forMs: readDuration(options.for) ?? Number.NaN });
  if (read.success) return read.data;
  throw new CommandError(exitCodes.usage, `--for ${options.for} is no time from 1m to 168h, such as 15m`);
}

async function predict(
  store: ConfigStore,
  databaseUrl: string,
  at: ModeSwitch,
  window: string,
): Promise<Prediction> {
  if (readWindow(window) === undefined)
    throw new CommandError(exitCodes.usage, `--window ${window} is no length of time, such as 15m, 6h or 7d`);
  const { openSql, predictEnforcement } = await import("@weir/store");
  const sql = openSql(databaseUrl, { applicationName: "weir-enforce", max: 2 });
  try {
    return await predictEnforcement(sql, await store.readMeshConfig(), at, windowOf(window, Date.now()));
  } finally {
    await sql.end();
  }
}

function startedText({ id, at, phase }: StoredEnforcement, gate: Gate, options: EnforceOptions): string {
  if (options.output === "json") return JSON.stringify({ id, at, phase, ...gate }, null, 2);
  const watched = phase === "watching" ? `the guard watches for ${options.for}` : "nobody watches";
  return `${switchWords(at)}: enforce; ${watched} (/enforcements/${id} in the console)`;
}
