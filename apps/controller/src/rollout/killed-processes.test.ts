import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { freePort, waitFor } from "@weir/testkit";
import { request } from "undici";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RolloutWorld } from "../testing/rollout-world.ts";

// Processes of their own take seconds to start where other tests run beside them.
vi.setConfig({ testTimeout: 180_000 });

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
}

let world: RolloutWorld;
let running: Running[];
beforeEach(async () => {
  [world, running] = [await RolloutWorld.open(), []];
});
afterEach(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await world.close();
});

async function startProcess(): Promise<Running> {
  const port = await freePort();
  const env = { DATABASE_URL: world.database.databaseUrl, WEIR_CONTROLLER_LISTEN: `127.0.0.1:${port}` };
  const child = fork(main, [], { env, execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const started = { child, port };
  running.push(started);
  await waitFor(async () => (await get(started, "/healthz")) !== "", {
    what: "a controller",
    timeoutMs: 60_000,
  });
  return started;
}

async function get({ port }: Running, path: string): Promise<string> {
  return (await request(`http://127.0.0.1:${port}${path}`)).body.text();
}

const isOnDuty = async (one: Running) => /^weir_controller_on_duty\b.* 1$/m.test(await get(one, "/metrics"));

/** Looks go on: the rollout is looked at after now. */
async function looksGoOn(id: number): Promise<void> {
  const sinceMs = Date.now();
  const isLooked = async () => ((await world.rollout(id)).look?.atMs ?? 0) > sinceMs;
  await waitFor(isLooked, { what: "a look", timeoutMs: 30_000 });
}

test("when the controller that drives rollouts is killed, the other goes on, and what people ask for counts", async () => {
  const { id } = await world.start();
  const [first, second] = [await startProcess(), await startProcess()];
  const onDuty = () => Promise.all([first, second].map(isOnDuty));
  await waitFor(async () => (await onDuty()).includes(true), { what: "an election", timeoutMs: 30_000 });
  await looksGoOn(id);
  const duties = await onDuty();
  expect(duties.filter(Boolean)).toHaveLength(1);
  const [driving, waiting] = duties[0] ? [first, second] : [second, first];
  driving.child.kill("SIGKILL");
  await waitFor(() => isOnDuty(waiting), { what: "the other to take over", timeoutMs: 30_000 });
  await looksGoOn(id);
  const { state } = await world.rollout(id);
  expect([state.phase, state.step, state.changes]).toEqual(["running", 0, 0]);
  expect(await world.weights()).toEqual([5]);
  await world.store.commandRollout(id, { kind: "skip", step: 0 }, { author: "ada" });
  await looksGoOn(id);
  expect(await world.weights()).toEqual([5, 50]);
});
