import { type Command as Asked, command, stepWords } from "@weir/rollout";
import type { StoredRollout } from "@weir/store";
import { Command, InvalidArgumentError } from "commander";
import { agreed } from "./agreed.ts";
import { type CommandSurroundings, type CommonOptions, changeBy, withStore } from "./command-surroundings.ts";
import { abortUnreadable } from "./rollout-abort-unreadable.ts";
import { newestOf, readable } from "./rollout-ref.ts";
import { rolloutJson } from "./rollout-text.ts";

interface CommandOptions extends CommonOptions {
  readonly reason?: string;
  /** Counted from 1. */
  readonly step?: number;
  readonly yes?: boolean;
}

const descriptions: Readonly<Record<Asked["kind"], string>> = {
  pause: "keep a rollout where it is; harm takes it back all the same",
  resume: "let a paused rollout go on",
  approve: "let the present step pass that waits for somebody to approve",
  skip: "go on to the next step without waiting for evidence; guards go on",
  promote: "go to the last step without waiting for evidence; guards go on",
  abort: "send all requests back to the baseline, for good",
};

/** Those that move traffic at once. */
const activities: Readonly<Partial<Record<Asked["kind"], string>>> = {
  skip: "skipping a step",
  promote: "promoting",
  abort: "aborting a rollout",
};

/** `weir rollout pause`, `resume`, `approve`, `skip`, `promote` and `abort`. */
export function rolloutCommandCommands(surroundings: CommandSurroundings): Command[] {
  return (Object.keys(descriptions) as Asked["kind"][]).map((kind) => {
    const made = new Command(kind)
      .description(descriptions[kind])
      .argument("<namespace/service>")
      .option("--reason <text>", "stands in the audit and with the rollout, for ever")
      .action((service: string, options: CommandOptions) => ask(surroundings, kind, service, options));
    if (kind in activities) made.option("--yes", "do not ask before requests go elsewhere");
    return isOfStep(kind)
      ? made.option(
          "--step <number>",
          "the step that is meant, counted from 1; refused when the rollout is in another",
          parseStep,
        )
      : made;
  });
}

async function ask(
  surroundings: CommandSurroundings,
  kind: Asked["kind"],
  service: string,
  options: CommandOptions,
): Promise<void> {
  await withStore(surroundings, options, async (store) => {
    const newest = await newestOf(store, service);
    if (newest.unreadable && kind === "abort")
      return abortUnreadable(surroundings, store, newest.unreadable, options);
    const seen = readable(newest, service);
    const asked = commandOf(kind, seen, options);
    await confirmMoving(service, seen, asked, options);
    const after = await store.commandRollout(seen.id, asked, changeBy(surroundings, options.reason));
    const [event] = await store.rolloutEvents(seen.id);
    surroundings.print(
      options.output === "json" ? rolloutJson(after) : `${service}: rollout ${seen.id}: ${event?.reason}`,
    );
  });
}

/** Says how much will go where. What would be refused is left to the store, which says why. */
async function confirmMoving(
  service: string,
  { id, state, plan }: StoredRollout,
  asked: Asked,
  options: CommandOptions,
): Promise<void> {
  const doing = activities[asked.kind];
  const after = command(state, asked, plan);
  if (doing === undefined || "refused" in after) return;
  const [from, to] = [state, after.state].map(
    ({ step }) => `${plan.steps[step] && stepWords(plan.steps[step])}`,
  );
  const ends = {
    succeeded: `stays at ${from}, and the rollout is done`,
    aborted: `goes from ${from} to 0 %, for good`,
  };
  const moves =
    ends[after.state.phase as keyof typeof ends] ?? `goes from ${from} to ${to} at once, without evidence`;
  await agreed(options, { what: `Rollout ${id}: ${plan.canary} of ${service} ${moves}.`, doing });
}

/** Names the step that it is about, so that one that comes late moves nothing. */
function commandOf(kind: Asked["kind"], { state }: StoredRollout, { step }: CommandOptions): Asked {
  return isOfStep(kind) ? { kind, step: step === undefined ? state.step : step - 1 } : { kind };
}

function isOfStep(kind: Asked["kind"]): kind is "approve" | "skip" | "promote" {
  return kind === "approve" || kind === "skip" || kind === "promote";
}

function parseStep(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write the step's number, such as 2.");
}
