import { WindowText, windowOf } from "@weir/domain";
import {
  Degradation,
  errorsOfText,
  knownBeforeMs,
  latencyOfText,
  momentWords,
  type PlanReplay,
  pastTraffic,
  type RolloutPlan,
  replayNotes,
  replayPlan,
  replaySentence,
  seededRandom,
  stepWords,
} from "@weir/rollout";
import { Command } from "commander";
import { CommandError, exitCodes } from "./command-error.ts";
import {
  type CommandSurroundings,
  type CommonOptions,
  databaseUrlFor,
  withStore,
} from "./command-surroundings.ts";
import { readPlanFile } from "./plan-file.ts";
import { renderTable } from "./render-table.ts";

interface ReplayOptions extends CommonOptions {
  readonly file: string;
  readonly window: string;
  readonly errors?: string;
  readonly latency?: string;
  readonly fromStep?: string;
  readonly matched?: string;
  readonly runs: string;
}

const help = `
Examples:
  weir rollout replay -f plan.yaml                          how long would a good canary take, and would it be let through?
  weir rollout replay -f plan.yaml --errors +2%             one that fails 2 points more often
  weir rollout replay -f plan.yaml --errors x3 --from-step 3
  weir rollout replay -f plan.yaml --latency x1.5 --window 6h
  weir rollout replay -f plan.yaml --latency +50ms -o json | jq .caughtMs.median`;

/** `weir rollout replay`: a plan tried on the requests that its service really got. Changes nothing. */
export function replayRolloutCommand(surroundings: CommandSurroundings): Command {
  return new Command("replay")
    .description(
      "try a plan on past requests: when would a bad canary have been caught, and who would have suffered?",
    )
    .addHelpText("after", help)
    .requiredOption("-f, --file <file>", "the plan (YAML); - reads standard input")
    .option("--window <window>", "whose requests: 15m, 1h, or two times with a slash between them", "1h")
    .option("--errors <much>", "the canary's failures on top of the baseline's: +2% (points) or x3 (times)")
    .option("--latency <much>", "how much longer the canary takes: x1.5, +50ms or +2s")
    .option("--from-step <number>", "the step that it gets so bad with, counted from 1")
    .option("--matched <share>", "share of the requests that a step's match chooses, such as 1%")
    .option("--runs <number>", "at most so many; long plans take fewer", "200")
    .action(async (options: ReplayOptions) => {
      const plan = readPlanFile(options.file);
      const degradation = degradationOf(options, plan);
      await noteUnknownVersions(surroundings, options, plan);
      const replay = await replayed(surroundings, options, plan, degradation);
      surroundings.print(
        options.output === "json" ? JSON.stringify(replay, null, 2) : replayText(plan, degradation, replay),
      );
    });
}

async function replayed(
  surroundings: CommandSurroundings,
  options: ReplayOptions,
  plan: RolloutPlan,
  degradation: Degradation,
): Promise<PlanReplay> {
  if (!WindowText.safeParse(options.window).success)
    throw new CommandError(exitCodes.usage, `--window ${options.window} is no window; write 15m, 1h or 6h`);
  const window = windowOf(options.window, Date.now());
  const { openSql, versionSlots } = await import("@weir/store");
  const sql = openSql(databaseUrlFor(surroundings, options), { applicationName: "weir-cli" });
  try {
    const target = { namespace: plan.namespace, service: plan.targetRef };
    const stored = await versionSlots(sql, target, { ...window, fromMs: window.fromMs - knownBeforeMs });
    const traffic = pastTraffic(stored, plan.baseline, window.fromMs);
    const matchedShare = matchedOf(options);
    const question = { plan, traffic, degradation, matchedShare };
    const replay = replayPlan(question, wholeNumber("--runs", options.runs), seededRandom(0.5));
    if (replay !== undefined) return replay;
    throw new CommandError(
      exitCodes.refused,
      `${plan.baseline} of ${plan.namespace}/${plan.targetRef} got no request in this window; choose a longer one`,
    );
  } finally {
    await sql.end();
  }
}

/** A plan may be tried for a version that is yet to come; whoever misspelt one is told. */
async function noteUnknownVersions(
  surroundings: CommandSurroundings,
  options: ReplayOptions,
  { namespace, targetRef, baseline, canary }: RolloutPlan,
): Promise<void> {
  const services = await withStore(surroundings, options, (store) => store.listServices());
  const service = services.find((known) => known.namespace === namespace && known.name === targetRef);
  for (const version of service ? [baseline, canary] : [])
    if (!service?.versions.includes(version))
      surroundings.printError(
        `note: ${targetRef} has no version ${version} now; it has ${service?.versions.join(", ") || "none"}`,
      );
}

function degradationOf({ errors, latency, fromStep }: ReplayOptions, { steps }: RolloutPlan): Degradation {
  const read = <T>(
    name: string,
    text: string | undefined,
    reader: (text: string) => T | undefined,
    such: string,
  ) => {
    if (text === undefined) return undefined;
    const value = reader(text);
    if (value === undefined)
      throw new CommandError(exitCodes.usage, `${name} ${text} is not understood; write ${such}`);
    return value;
  };
  const failing = read("--errors", errors, errorsOfText, "+2% or x3; from +0% to +100%, or x1 to x1000");
  const slow = read(
    "--latency",
    latency,
    latencyOfText,
    "x1.5, +50ms or +2s; from x1 to x1000, or an hour more at most",
  );
  const from = fromStep === undefined ? undefined : wholeNumber("--from-step", fromStep);
  if (from !== undefined && from > steps.length)
    throw new CommandError(
      exitCodes.usage,
      `--from-step ${from} is not in the plan; its steps are 1 to ${steps.length}`,
    );
  return Degradation.parse({
    ...(failing && { errors: failing }),
    ...(slow && { latency: slow }),
    ...(from !== undefined && { fromStep: from - 1 }),
  });
}

function matchedOf({ matched }: ReplayOptions): number | undefined {
  if (matched === undefined) return undefined;
  const share = Number(/^(\d{1,3}(?:\.\d+)?)%$/.exec(matched)?.[1] ?? Number.NaN) / 100;
  if (share > 0 && share <= 1) return share;
  throw new CommandError(exitCodes.usage, `--matched ${matched} is no share; write 1%`);
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new CommandError(exitCodes.usage, `${name} must be a whole number from 1 to 9999`);
}

function replayText(plan: RolloutPlan, degradation: Degradation, replay: PlanReplay): string {
  const { caught, enteredMs, reached, suffered } = replay;
  const rows = plan.steps.map((step, index) => {
    const here = caught.filter((one) => one.step === index).length;
    const began = enteredMs[index];
    return [
      stepWords(step),
      began === undefined ? "-" : began === 0 ? "the start" : momentWords(began),
      String(here),
    ];
  });
  return [
    replaySentence(plan, degradation, replay),
    ...replayNotes(plan, degradation, replay),
    "",
    renderTable(["STEP", "BEGAN AFTER", `CAUGHT, OF ${replay.runs} RUNS`], rows),
    "",
    `The canary answered ${reached.median.toLocaleString("en")} requests in the middle run; ${suffered.p10.toLocaleString("en")} to ${suffered.p90.toLocaleString("en")} of them suffered in most.`,
  ].join("\n");
}
