import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../config.ts";
import { allChecks } from "./checks.ts";
import { findChromium } from "./find-chromium.ts";
import { generateClient } from "./generate-client.ts";
import { readPlaywrightVerdict, readVitestVerdict } from "./read-verdict.ts";
import { refuseArguments } from "./refuse-arguments.ts";
import { runChecks, type Verdict } from "./run-checks.ts";
import { runTool } from "./run-tool.ts";

/** `npm test`: everything, from format to journeys in a browser; the last line is the verdict. */
refuseArguments("test");
const config = readConfig();
const reports = mkdtempSync(join(tmpdir(), "weir-test-"));
const startedAt = performance.now();
/** Far more than a stage takes: a test that hangs in spite of its own limits must still lead to a verdict. */
const longestStageMs = 40 * 60_000;

const verdicts: Verdict[] = [];
try {
  await generateClient();
  verdicts.push(await stage("Checks", () => runChecks(allChecks(config.environment), console.log)));
  verdicts.push(await stage("Unit and integration tests", vitest));
  verdicts.push(await stage("Journeys in a browser", journeys));
} finally {
  rmSync(reports, { recursive: true, force: true });
}
const passed = verdicts.reduce((sum, verdict) => sum + verdict.passed, 0);
const failed = verdicts.reduce((sum, verdict) => sum + verdict.failed, 0);
tell(
  "Passed only at the second try",
  verdicts.flatMap((verdict) => verdict.unsteady ?? []),
);
tell(
  "What failed",
  verdicts.flatMap((verdict) => verdict.failures),
);
console.log(`\nAll of it took ${Math.round((performance.now() - startedAt) / 1000)} s.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Said once more at the end, where whoever sees only the last lines of a long output finds it. */
function tell(title: string, texts: readonly string[]): void {
  if (texts.length === 0) return;
  console.log(`\n── ${title}\n${texts.slice(0, 20).join("\n")}`);
  if (texts.length > 20) console.log(`… and ${texts.length - 20} more, above`);
}

async function stage(title: string, run: () => Promise<Verdict>): Promise<Verdict> {
  console.log(`\n── ${title}`);
  const from = performance.now();
  const verdict = await run();
  const seconds = Math.round((performance.now() - from) / 1000);
  console.log(`── ${title}: ${verdict.passed} passed, ${verdict.failed} failed [${seconds} s]`);
  return verdict;
}

async function vitest(): Promise<Verdict> {
  const file = join(reports, "vitest.json");
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { ok } = await runTool(
    { command: "vitest", args, show: true, withinMs: longestStageMs },
    config.environment,
  );
  return readVitestVerdict(file, ok);
}

async function journeys(): Promise<Verdict> {
  const chromium = findChromium(config.chromium, config.environment.PATH ?? "");
  if (chromium === undefined) {
    console.log("There is no Chromium on this machine; Playwright installs its own.");
    const install = await runTool(
      { command: "playwright", args: ["install", "chromium"] },
      config.environment,
    );
    if (!install.ok) {
      const reason = install.output.trim().split("\n").at(-1) ?? "";
      console.log(`✖ no browser to test with: install Chromium, or name one in WEIR_CHROMIUM (${reason})`);
      return { passed: 0, failed: 1, failures: ["no browser to test with"] };
    }
  }
  const file = join(reports, "playwright.json");
  const { ok } = await runTool(
    {
      command: "playwright",
      args: ["test", "--config", "playwright/playwright.config.ts", "--reporter=list,json"],
      env: {
        PLAYWRIGHT_JSON_OUTPUT_NAME: file,
        PLAYWRIGHT_JSON_OUTPUT_FILE: file,
        ...(chromium === undefined ? {} : { WEIR_CHROMIUM: chromium }),
      },
      show: true,
      withinMs: longestStageMs,
    },
    config.environment,
  );
  return readPlaywrightVerdict(file, ok);
}
