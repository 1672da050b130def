import { Caller } from "./caller.ts";
import { type Outcome, type Scenario, scenarios } from "./scenarios.ts";

/** What the callers have seen so far. */
export interface Progress {
  readonly requests: number;
  readonly finished: boolean;
  /** By scenario and outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly wrong: number;
  /** The first wrong ends, told one by one. */
  readonly examples: readonly string[];
}

const connections = 32;
const [port, total] = process.argv.slice(2).map(Number) as [number, number];
const outcomes: Record<string, number> = {};
const examples: string[] = [];
let requests = 0;
let wrong = 0;
let started = 0;

process.once("disconnect", () => process.exit());
const progress = (finished: boolean) => process.send?.({ requests, finished, outcomes, wrong, examples });
const reporting = setInterval(progress, 250, false);
await Promise.all(Array.from({ length: connections }, (_, index) => run(new Caller(port), index)));
clearInterval(reporting);
progress(true);

async function run(caller: Caller, index: number): Promise<void> {
  const random = randomFrom(index + 1);
  while (started < total) {
    started++;
    const scenario = draw(random);
    note(scenario, await caller.ask(scenario));
  }
  caller.close();
}

function note({ name, right }: Scenario, outcome: Outcome): void {
  requests++;
  const key = `${name}: ${outcome}`;
  outcomes[key] = (outcomes[key] ?? 0) + 1;
  if (right.includes(outcome)) return;
  wrong++;
  if (examples.length < 10)
    examples.push(`request ${requests}, ${name}: ${outcome}, not ${right.join(" or ")}`);
}

function draw(random: () => number): Scenario {
  let point = random() * 1000;
  for (const scenario of scenarios) {
    point -= scenario.perMille;
    if (point < 0) return scenario;
  }
  return scenarios[0]!;
}

/** mulberry32: every run makes the same requests. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
