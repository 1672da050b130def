import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "./journey.ts";
import { countPayments } from "./shop.ts";
import { postmaster, startState } from "./start-processes.ts";
import { consolePort, consoleUrl, journeyDataDir } from "./whole-start.ts";

const repository = resolve(import.meta.dirname, "..");
const collectorUrl = `http://127.0.0.1:${consolePort + 1318}`;
const controllerUrl = `http://127.0.0.1:${consolePort + 1600}`;

test.describe("kill -9", () => {
  test.setTimeout(90_000);
  const cases = [
    { name: "collector", label: "collector", answers: () => `${collectorUrl}/readyz` },
    { name: "controller", label: "controller", answers: () => `${controllerUrl}/readyz` },
    { name: "console", label: "console", answers: () => `${consoleUrl}/readyz` },
    { name: "postgres", label: "Postgres", answers: () => `${consoleUrl}/readyz` },
    {
      name: "recommendations-v1-sidecar",
      label: "recommendations v1 sidecar",
      answers: () => `http://127.0.0.1:${startState().workloads["recommendations-v1"]?.admin}/readyz`,
    },
  ];
  for (const { name, label, answers } of cases)
    test(`of ${name}: it is restarted, and the shop goes on selling meanwhile`, async () => {
      const said = supervisorLog().length;
      process.kill(name === "postgres" ? postmaster() : Number(startState().processes[name]), "SIGKILL");
      const { total } = await countPayments(12);
      expect(total).toBe(12);
      const restarted = new RegExp(`${label} ended.*restarted after`, "i");
      await expect.poll(() => supervisorLog().slice(said), { timeout: 45_000 }).toMatch(restarted);
      await expect.poll(() => statusOf(answers()), { timeout: 45_000 }).toBe(200);
    });
});

test("a second start on the same data directory is refused in one sentence", async () => {
  const { code, output } = await start(["--port", "3460", "--data-dir", journeyDataDir()]);
  expect(code).toBe(1);
  expect(output).toMatch(/already|running/i);
});

test("a taken port is named before anything starts", async () => {
  const dataDir = `${journeyDataDir()} 2`;
  const { code, output } = await start(["--port", `${consolePort}`, "--data-dir", dataDir]);
  rmSync(dataDir, { recursive: true, force: true });
  expect(code).toBe(1);
  expect(output).toContain(`${consolePort}`);
});

for (const { args, says } of [
  { args: ["--colour"], says: "--colour" },
  { args: ["--port", "seventy"], says: "--port" },
  { args: ["--database-url", "mysql://127.0.0.1/weir"], says: "postgres" },
])
  test(`npm start -- ${args.join(" ")} is refused with what is wrong`, async () => {
    const { code, output } = await start(args);
    expect(code).not.toBe(0);
    expect(output.toLowerCase()).toContain(says);
    expect(output).not.toMatch(/^\s+at /m);
  });

function supervisorLog(): string {
  return readFileSync(join(journeyDataDir(), "start.log"), "utf8");
}

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  return answer?.status ?? 0;
}

function start(args: readonly string[]): Promise<{ code: number; output: string }> {
  const command = ["packages/cli/bootstrap.mjs", "start", "--no-open", ...args];
  return new Promise((done) => {
    execFile(process.execPath, command, { cwd: repository, timeout: 60_000 }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, output: stdout + stderr });
    });
  });
}
