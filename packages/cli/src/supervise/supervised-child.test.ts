import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, waitFor } from "@weir/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { processIdentity } from "../lock/process-identity.mjs";
import { systemClock } from "./clock.ts";
import { nodeProcess } from "./node-process.ts";
import type { ChildSettings } from "./running-process.ts";
import { Supervisor, stages } from "./supervisor.ts";

const program = fileURLToPath(new URL("./testing/child.mjs", import.meta.url));

let folder: string;
let lines: string[];
let supervisor: Supervisor;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "weir supervise "));
  lines = [];
  supervisor = new Supervisor({
    logDir: folder,
    clock: systemClock,
    report: (line) => void lines.push(line),
  });
});
afterEach(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function child(
  name: string,
  args: string[],
  more: Partial<ChildSettings> & { port?: number } = {},
): Promise<ChildSettings> {
  const port = more.port ?? (await freePort());
  return {
    name,
    label: `the ${name}`,
    launch: nodeProcess({
      args: [program, ...args],
      cwd: folder,
      env: {},
      readyUrl: `http://127.0.0.1:${port}/`,
    }),
    readyWithinMs: 60_000,
    stopWithinMs: 5000,
    ...more,
  };
}

/** One that serves. */
async function server(
  name: string,
  args: string[] = [],
  more: Partial<ChildSettings> = {},
): Promise<ChildSettings> {
  const port = await freePort();
  return child(name, [...args, "--port", `${port}`], { ...more, port });
}

const pidOf = (index: number) => supervisor.children[index]?.pid ?? 0;
const alive = (pid: number) => processIdentity(pid) !== undefined;

describe("a child", () => {
  test("that is killed is started again, and people are told", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    await supervisor.start("core", await child("till", ["--port", `${port}`], { port }));
    const pid = pidOf(0);
    process.kill(pid, "SIGKILL");
    await waitFor(() => lines.length > 0, { what: "the report" });
    expect(lines).toEqual(["the till ended by SIGKILL; restarted after 0.2 s (1st time)"]);
    const answer = async () =>
      Number(
        await fetch(url).then(
          (response) => response.text(),
          () => "0",
        ),
      );
    await waitFor(async () => (await answer()) > 0, { what: "the new process" });
    expect(await answer()).toBe(pidOf(0));
    expect(pidOf(0)).not.toBe(pid);
    process.kill(pidOf(0), "SIGKILL");
    await waitFor(() => lines.length > 1, { what: "the second report" });
    expect(lines[1]).toBe("the till ended by SIGKILL; restarted after 0.4 s (2nd time)");
  });

  test("that dies again and again at its start is explained by its last words and its log", async () => {
    const start = supervisor.start(
      "core",
      await child("till", ["--say", "cannot open the drawer", "--die", "3"]),
    );
    await expect(start).rejects.toThrow(
      `the till ended with exit code 3 before it was ready, 3 times; its last words:\n  cannot open the drawer`,
    );
    await expect(start).rejects.toThrow(`its log is ${join(folder, "till.log")}`);
    expect(readFileSync(join(folder, "till.log"), "utf8")).toBe("cannot open the drawer\n".repeat(3));
  });

  test("that dies for want of disk says that, not its own words", async () => {
    const start = supervisor.start(
      "core",
      await child("till", ["--say", "write: No space left on device", "--die", "1"]),
    );
    await expect(start).rejects.toThrow(/^the disk that holds .* is full; free some space/);
  });

  test("that never serves is given up on", async () => {
    const start = supervisor.start("core", await child("till", [], { readyWithinMs: 300 }));
    await expect(start).rejects.toThrow("the till was not ready after 0.3 s and wrote nothing; its log is ");
  });
});

describe("stopping", () => {
  test("goes stage by stage, what started last first", async () => {
    const mark = join(folder, "order");
    const args = (stage: string) => ["--say", stage, "--mark", mark];
    await Promise.all(stages.map(async (stage) => supervisor.start(stage, await server(stage, args(stage)))));
    await supervisor.stop();
    expect(readFileSync(mark, "utf8")).toBe("load\napps\nsidecars\ncore\npostgres\n");
    expect(lines).toEqual([]);
  });

  test("kills what does not stop in time", async () => {
    await supervisor.start("apps", await server("till", ["--stubborn"], { stopWithinMs: 200 }));
    const pid = pidOf(0);
    await supervisor.stop();
    expect(alive(pid)).toBe(false);
  });

  test("in a hurry waits for nobody", async () => {
    await supervisor.start("apps", await server("till", ["--stubborn"], { stopWithinMs: 60_000 }));
    const stopped = supervisor.stop();
    supervisor.hurry();
    await stopped;
    expect(lines).toEqual([]);
  });

  test("refuses what was about to start", async () => {
    await supervisor.stop();
    await expect(supervisor.start("apps", await server("till"))).rejects.toThrow("the till was not started");
    expect(supervisor.children).toHaveLength(0);
  });

  test("happens by itself when the supervisor is killed", async () => {
    const script = fileURLToPath(new URL("./testing/supervise-one.ts", import.meta.url));
    const port = await freePort();
    const other = spawn(process.execPath, [script, folder, program, `${port}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const pid = Number((await once(other.stdout, "data"))[0]);
    expect(alive(pid)).toBe(true);
    other.kill("SIGKILL");
    await waitFor(() => !alive(pid), { what: "the end of the orphan" });
  });
});
