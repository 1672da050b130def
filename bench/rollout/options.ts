import { parseArgs } from "node:util";
import { readOptionsOrExit, wholeNumber } from "../shared/read-options.ts";

export interface Options {
  /** Runs of the first scenario, and of each other one. */
  readonly healthy: number;
  readonly others: number;
  readonly seed: number;
  /** Only scenarios whose name has this in it. */
  readonly only: string;
}

const usage = `How often rollouts err, and how soon they see harm: simulated canaries, beside Flagger's rule.

npm run bench -- rollout [--healthy N] [--others N] [--seed N] [--only TEXT]

  --healthy N    healthy canaries, each watched for half an hour (10,000)
  --others N     canaries of each other scenario (500)
  --seed N       of the generator; the same seed makes the same table (1)
  --only TEXT    only scenarios whose name has this in it

Takes some three minutes of one core. Ends with 1 when a target is missed.`;

/** See {@link readOptionsOrExit}. */
export function readRolloutOptions(args: readonly string[]): Options {
  return readOptionsOrExit("rollout", usage, () => read(args));
}

/** Undefined when help was asked for. */
function read(args: readonly string[]): Options | undefined {
  const text = (otherwise: string) => ({ type: "string", default: otherwise }) as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ healthy: text("10,000"), others: text("500"), seed: text("1"), only: text("") },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  return {
    healthy: wholeNumber("--healthy", values.healthy, 1),
    others: wholeNumber("--others", values.others, 1),
    seed: wholeNumber("--seed", values.seed, 0),
    only: values.only,
  };
}
