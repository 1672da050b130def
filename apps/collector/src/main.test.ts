import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createTestDatabase, freePort, type TestDatabase, waitFor } from "@weir/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

let database: TestDatabase;
let child: ChildProcess | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => void child?.kill("SIGKILL"));

interface Run {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

function run(environment: Record<string, string>, ...flags: string[]): Run {
  const started = spawn(process.execPath, [`${import.meta.dirname}/main.ts`, ...flags], {
    env: { PATH: "/usr/bin:/bin", ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  child = started;
  let output = "";
  for (const stream of [started.stdout, started.stderr])
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = once(started, "exit").then(([code, signal]) => ({ code, signal }));
  return { process: started, output: () => output, ended };
}

test.each`
  environment                                                                    | flags         | sentence
  ${{}}                                                                          | ${[]}         | ${/^weir collector: DATABASE_URL is not set; .*\n$/}
  ${{ DATABASE_URL: "postgres://x", WEIR_RETENTION_HOURS: "never" }}             | ${[]}         | ${/^weir collector: WEIR_RETENTION_HOURS must be .*\n$/}
  ${{ DATABASE_URL: "postgres://x" }}                                            | ${["--port"]} | ${/^weir collector: unknown argument --port: .*\n$/}
  ${{ DATABASE_URL: "postgres://x", WEIR_OTLP_HTTP_LISTEN: "203.0.113.1:4318" }} | ${[]}         | ${/^weir collector: cannot listen on 203\.0\.113\.1:4318: .*\n$/}
`("one sentence and exit code 1: $sentence", async ({ environment, flags, sentence }) => {
  const { ended, output } = run(environment, ...flags);
  expect(await ended).toEqual({ code: 1, signal: null });
  await expect.poll(output).toMatch(sentence);
});

test.each(["SIGTERM", "the supervisor's end"])("%s stops it with exit code 0", async (how) => {
  const port = await freePort();
  const listen = `127.0.0.1:${port}`;
  const {
    process: started,
    output,
    ended,
  } = run({
    DATABASE_URL: database.databaseUrl,
    WEIR_OTLP_HTTP_LISTEN: listen,
    WEIR_OTLP_GRPC_LISTEN: "off",
    WEIR_ZIPKIN_LISTEN: "off",
  });
  const ready = async () => (await fetch(`http://${listen}/readyz`)).ok;
  await waitFor(ready, { what: "the collector to be ready", timeoutMs: 45_000 });
  if (how === "SIGTERM") started.kill("SIGTERM");
  else started.disconnect();
  expect(await ended).toEqual({ code: 0, signal: null });
  const messages = () =>
    output()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).msg);
  await expect
    .poll(messages)
    .toEqual(["listening for OTLP/HTTP", "the database is up and has its partitions", "stopping", "stopped"]);
});
