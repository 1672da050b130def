import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { readRegistration } from "../service/registration.ts";
import { type ForwardProxy, startForwardProxy } from "./forward-proxy.ts";

export type RunningShop = {
  proxy: ForwardProxy;
  dataDir: string;
  /** Which version the name `payments` leads to. */
  usePayments(version: "v1" | "v2"): void;
  start(service: string, version?: string, env?: Record<string, string>): Promise<void>;
  /** The process, for signals. */
  process(service: string, version?: string): ChildProcess;
  /** Sends SIGTERM and gives the exit code. */
  stop(service: string, version?: string): Promise<number | null>;
  portOf(service: string, version?: string): number | undefined;
  /** A request to one process's own port, as JSON. */
  ask<T = unknown>(service: string, method: string, path: string, options?: AskOptions): Promise<Answer<T>>;
  misbehave(...args: string[]): Promise<{ code: number; output: string }>;
  close(): Promise<void>;
};
export type AskOptions = { body?: unknown; headers?: Record<string, string>; version?: string };
export type Answer<T> = { status: number; body: T; headers: Headers };

/** Beside other tests, on a machine that is busy. */
const startsWithinMs = 45_000;

/** The real processes of the shop on ports of the system's choice, which find each other by a forward proxy only. */
export async function runShop(): Promise<RunningShop> {
  const dataDir = mkdtempSync(join(tmpdir(), "shop-"));
  const running = new Map<string, ChildProcess>();
  let paymentsVersion = "v1";
  const portOf = (service: string, version = service === "payments" ? paymentsVersion : "v1") =>
    readRegistration(dataDir, service, version)?.port;
  const proxy = await startForwardProxy((service) => portOf(service));
  const environment = {
    PATH: process.env.PATH ?? "",
    // Ten processes that start at once on two cores must not each compile what the others just did.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), "shop-compile-cache"),
    DATA_DIR: dataDir,
    HTTP_PROXY: proxy.url,
    LOG_LEVEL: "warn",
    BACKGROUND_ERROR_RATE: "0",
    PORT: "0",
  };

  const processOf = (service: string, version = "v1") => {
    const child = running.get(`${service}-${version}`);
    if (!child) throw new Error(`${service} ${version} was not started`);
    return child;
  };
  const stop = async (service: string, version = "v1") => {
    const child = processOf(service, version);
    running.delete(`${service}-${version}`);
    if (child.exitCode !== null) return child.exitCode;
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    return (await exited)[0] as number | null;
  };

  return {
    proxy,
    dataDir,
    usePayments(version) {
      paymentsVersion = version;
    },
    async start(service, version = "v1", env = {}) {
      const child = fork(new URL(`../${service}/main.ts`, import.meta.url), {
        env: { ...environment, SERVICE_VERSION: version, ...env },
        execArgv: [],
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      running.set(`${service}-${version}`, child);
      await until(() => {
        if (child.exitCode !== null) throw new Error(`${service} ${version} ended with ${child.exitCode}`);
        return readRegistration(dataDir, service, version)?.pid === child.pid;
      }, startsWithinMs);
    },
    process: processOf,
    stop,
    portOf,
    async ask<T>(
      service: string,
      method: string,
      path: string,
      options: AskOptions = {},
    ): Promise<Answer<T>> {
      const { body, headers = {}, version } = options;
      const response = await fetch(`http://127.0.0.1:${portOf(service, version)}${path}`, {
        method,
        redirect: "manual",
        headers: {
          accept: "application/json",
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get("content-type") === "application/json";
      return {
        status: response.status,
        body: (isJson ? JSON.parse(text) : text) as T,
        headers: response.headers,
      };
    },
    misbehave: (...args) =>
      new Promise((resolve) => {
        const script = new URL("../misbehave.ts", import.meta.url).pathname;
        const child = execFile(
          process.execPath,
          [script, ...args],
          { env: environment },
          (_error, out, err) => resolve({ code: child.exitCode ?? -1, output: out + err }),
        );
      }),
    async close() {
      await Promise.all([...running.keys()].map((key) => stop(key.slice(0, -3), key.slice(-2))));
      proxy.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** Waits for a condition, asking often. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Error(`this did not become true within ${timeoutMs} ms: ${condition}`);
    await wait(20);
  }
}
