import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { openConfigStore } from "@weir/store";
import { createTestDatabase, freePort, type TestDatabase, waitFor } from "@weir/testkit";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { helloOf, TestSidecar } from "./testing/test-sidecar.ts";

// Processes of their own take seconds to start where other tests run beside them.
vi.setConfig({ testTimeout: 120_000 });

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The controller as a process of its own, with nothing in its environment but what is given. */
function run(
  env: Record<string, string>,
  args: string[] = [],
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = fork(main, args, { env, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] });
  // After a disconnect there is no "close" event, so its parts are waited for.
  const ended = Promise.all([once(child, "exit"), text(child.stdout!), text(child.stderr!)]).then(
    ([[code], stdout, stderr]): Ended => ({ code: code as number | null, stdout, stderr }),
  );
  return { child, ended };
}

describe("what keeps it from starting is one sentence and exit code 1", () => {
  const DATABASE_URL = "postgres://weir:hush-hush@127.0.0.1:1/weir";
  test.each`
    env                                      | args          | sentence
    ${{}}                                    | ${[]}         | ${/^weir controller: DATABASE_URL must be set.*\n$/}
    ${{ DATABASE_URL }}                      | ${["--fast"]} | ${/^weir controller: .*takes no arguments.*--fast.*\n$/}
    ${{ DATABASE_URL }}                      | ${[]}         | ${/^weir controller: cannot use the database at .*\n$/}
    ${{ DATABASE_URL, LOG_LEVEL: "louder" }} | ${[]}         | ${/^weir controller: LOG_LEVEL must be one of .*\n$/}
  `("$env with $args", async ({ env, args, sentence }) => {
    const { code, stderr } = await run(env, args).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toContain("hush-hush");
  });
});

describe("a running controller", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function serve() {
    const port = await freePort();
    const env = { DATABASE_URL: database.databaseUrl, WEIR_CONTROLLER_LISTEN: `127.0.0.1:${port}` };
    const { child, ended } = run(env);
    const ready = async () => (await request(`http://127.0.0.1:${port}/readyz`)).statusCode === 200;
    await waitFor(ready, { what: "the controller to be ready", timeoutMs: 60_000 });
    return { child, ended, port, env };
  }

  test.each`
    how                            | stop
    ${"SIGTERM"}                   | ${(child: ChildProcess) => child.kill("SIGTERM")}
    ${"the end of its supervisor"} | ${(child: ChildProcess) => child.disconnect()}
  `("stops at $how with exit code 0 and leaves the leases in force", async ({ stop }) => {
    const { child, ended, port } = await serve();
    const sidecar = await TestSidecar.connect(port, helloOf("web", 9001));
    await sidecar.sees("web", ["127.0.0.1:9001"]);
    stop(child);
    const { code, stdout, stderr } = await ended;
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("the controller stops");
    await waitFor(() => sidecar.ended, { what: "the stream to end" });
    await sidecar.kill();
    const store = openConfigStore(database.databaseUrl);
    expect(await store.liveEndpoints()).toHaveLength(1);
    await store.close();
  });

  test("a second one at the same address is refused in one sentence", async () => {
    const { child, ended, port, env } = await serve();
    const second = await run(env).ended;
    expect(second.code).toBe(1);
    expect(second.stderr).toBe(
      `weir controller: cannot listen on 127.0.0.1:${port}: another process has that port\n`,
    );
    child.kill("SIGTERM");
    await ended;
  });
});
