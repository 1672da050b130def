import type { Finding } from "@weir/domain";
import { durationFindings, foreseePlan, type RolloutPlan, stepWords } from "@weir/rollout";
import { Command } from "commander";
import { agreed } from "./agreed.ts";
import {
  type CommandSurroundings,
  type CommonOptions,
  changeBy,
  databaseUrlFor,
  withStore,
} from "./command-surroundings.ts";
import { openPlanFile } from "./plan-file.ts";
import { rolloutJson } from "./rollout-text.ts";

interface StartOptions extends CommonOptions {
  readonly file: string;
  readonly reason?: string;
  readonly yes?: boolean;
}

const help = `
A plan, times in milliseconds:
  name: payments-v2
  namespace: shop
  targetRef: payments
  baseline: v1
  canary: v2
  steps:
    - { weight: 10, forMs: 300000 }
    - { weight: 50, forMs: 300000, approval: true }
    - { weight: 100, forMs: 300000 }
  checks:
    successRate: { margin: 0.01 }
    latency: { quantile: 0.99, margin: 0.01 }
    sampleRatio: {}
    guards: [{ kind: errorBudget, objective: 0.99, burnRate: 10 }]

docs/rollouts.md has every member, and a plan for each strategy. weir rollout replay -f tries one and changes nothing.

Examples:
  weir rollout start -f plan.yaml --reason "release 2.4"
  weir rollout start -f - --yes < plan.yaml`;

/** `weir rollout start`. */
export function startRolloutCommand(surroundings: CommandSurroundings): Command {
  return new Command("start")
    .description("begin a rollout by the plan of a file: its first step's traffic is enforced at once")
    .addHelpText("after", help)
    .requiredOption("-f, --file <file>", "the plan (YAML); - reads standard input")
    .option("--reason <text>", "stands in the audit")
    .option("--yes", "do not ask before requests go elsewhere")
    .action(async (options: StartOptions) => {
      const { plan, explain, linesOf } = openPlanFile(options.file);
      const warnings = [
        ...(await warned(surroundings, options, plan)),
        ...(await foreseen(surroundings, options, plan)),
      ];
      for (const line of linesOf(warnings)) surroundings.printError(`warning: ${line}`);
      const [first] = plan.steps;
      await agreed(options, {
        what: `${plan.canary} of ${plan.namespace}/${plan.targetRef} takes over from ${plan.baseline}; its first step (${first && stepWords(first)}) is enforced at once.`,
        doing: "starting a rollout",
      });
      await withStore(surroundings, options, async (store) => {
        const change = changeBy(surroundings, options.reason);
        const rollout = await store.startRollout(plan, change).catch((error: unknown) => {
          throw explain(error);
        });
        const [begun] = await store.rolloutEvents(rollout.id);
        surroundings.print(
          options.output === "json"
            ? rolloutJson(rollout)
            : `${plan.namespace}/${plan.targetRef}: rollout ${rollout.id}: ${begun?.reason}`,
        );
      });
    });
}

/** Of the mesh as it is. What is an error refuses the start, and is told then. */
async function warned(
  surroundings: CommandSurroundings,
  options: CommonOptions,
  plan: RolloutPlan,
): Promise<Finding[]> {
  const findings = await withStore(surroundings, options, (store) => store.rolloutStartFindings(plan));
  return findings.filter(({ severity }) => severity === "warning");
}

/** What the console warns of at a start: how the plan will fare if requests keep coming as they do. */
async function foreseen(
  surroundings: CommandSurroundings,
  options: CommonOptions,
  plan: RolloutPlan,
): Promise<Finding[]> {
  const { openSql, presentTraffic } = await import("@weir/store");
  const sql = openSql(databaseUrlFor(surroundings, options), { applicationName: "weir-cli", max: 1 });
  try {
    return durationFindings(plan, foreseePlan(plan, await presentTraffic(sql, plan, Date.now())));
  } finally {
    await sql.end();
  }
}
