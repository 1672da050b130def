import { cpus } from "node:os";
import { readRolloutOptions } from "./rollout/options.ts";
import { judgeSummaries, printHeadings, printSummary } from "./rollout/report.ts";
import { runCanary } from "./rollout/run-canary.ts";
import type { Scenario } from "./rollout/scenario.ts";
import { type ScenarioName, scenarios } from "./rollout/scenarios.ts";
import { quickSettings } from "./rollout/simulated-rollout.ts";
import { type Summary, summarize } from "./rollout/summary.ts";
import { resultLine } from "./shared/result-line.ts";
import { seededRandom } from "./shared/seeded-random.ts";
import { printTargets } from "./shared/targets.ts";

/** How often rollouts err and how soon they see harm, by simulation; see rollout/options.ts. */
const options = readRolloutOptions(process.argv.slice(2));
const startedAt = performance.now();
const summaries: Partial<Record<ScenarioName, Summary>> = {};

console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}, seed ${options.seed}`);
printHeadings();
for (const [key, scenario] of Object.entries<Scenario>(scenarios)) {
  if (!scenario.name.includes(options.only)) continue;
  const random = seededRandom(options.seed);
  const settings = quickSettings(scenario);
  const count = key === "healthy" ? options.healthy : options.others;
  const runs = Array.from({ length: count }, () => runCanary(scenario, settings, random));
  const summary = summarize(scenario, runs);
  summaries[key as ScenarioName] = summary;
  printSummary(scenario.name, summary);
}
console.log(`\n${((performance.now() - startedAt) / 1_000).toFixed(0)} s\n`);
const judged = judgeSummaries(summaries);
printTargets(judged);
console.log(resultLine("rollout", { ...options, scenarios: summaries }));
process.exitCode = judged.every(({ met }) => met !== false) ? 0 : 1;
