import { join } from "node:path";
import { systemClock } from "../supervise/clock.ts";
import type { ChildSettings } from "../supervise/running-process.ts";
import { StartError } from "../supervise/start-error.ts";
import { type Stage, Supervisor } from "../supervise/supervisor.ts";
import { buildConsoleWhenStale } from "./build-console.ts";
import { shopEnvironment, weirEnvironment } from "./child-environment.ts";
import { SupervisedPostgres } from "./embedded-postgres.ts";
import { inPool } from "./in-pool.ts";
import { collectorProcess, consoleProcess, controllerProcess } from "./own-children.ts";
import { writeRunState } from "./run-state.ts";
import { runTask } from "./run-task.ts";
import { appProcess, loadgenProcess, type ShopSurroundings, sidecarProcess } from "./shop-children.ts";
import { readShop } from "./shop-file.ts";
import { shopPhases } from "./shop-phases.ts";
import type { StartSettings } from "./start-settings.ts";
import type { AwaitedTraffic } from "./tasks/await-traffic.ts";
import type { PreparedDatabase } from "./tasks/prepare-database.ts";
import { warmUpWhenStale } from "./warm-up.ts";
import { availablePorts, preferredPorts, type WorkloadPorts } from "./workload-ports.ts";

/** More at once would only make each of them slower to start. */
const startsAtOnce = 4;

/**
 * One start with all its processes: a method for each step, in the order in which they are called; `stop` undoes
 * them all at any time.
 */
export class WholeStart {
  readonly supervisor: Supervisor;
  readonly #settings: StartSettings;
  readonly #abort = new AbortController();
  readonly #workloads: Record<string, WorkloadPorts> = {};
  #databaseUrl: string | undefined;
  #stateSaved = false;

  constructor(settings: StartSettings, report: (line: string) => void) {
    this.#settings = settings;
    this.#databaseUrl = settings.databaseUrl;
    const reportRestart = (line: string) => {
      report(line);
      if (this.#stateSaved && !this.stopping) this.saveState();
    };
    this.supervisor = new Supervisor({
      logDir: settings.dataDir.logs,
      clock: systemClock,
      report: reportRestart,
    });
  }

  generate(): Promise<{ generated: boolean }> {
    return this.#task("generate");
  }

  async postgres(): Promise<void> {
    if (this.#settings.databaseUrl) return;
    const postgres = new SupervisedPostgres(this.#settings.dataDir.postgres, this.#settings.ports.postgres);
    await this.supervisor.start("postgres", postgres);
    this.#databaseUrl = postgres.databaseUrl;
  }

  migrate(): Promise<PreparedDatabase> {
    return this.#task("prepare-database", { DATABASE_URL: this.#database });
  }

  buildConsole(): Promise<boolean> {
    return buildConsoleWhenStale({
      root: this.#settings.root,
      env: this.#weirEnv,
      logFile: this.supervisor.logFile("console-build"),
      signal: this.#abort.signal,
    });
  }

  warmUp(): Promise<boolean> {
    const { root, dataDir, demo, environment } = this.#settings;
    return warmUpWhenStale({
      root,
      cacheDir: dataDir.cache,
      shop: demo ? this.#shop : undefined,
      env: shopEnvironment(environment),
      signal: this.#abort.signal,
    });
  }

  async collector(): Promise<void> {
    await this.supervisor.start(
      "core",
      collectorProcess(this.#own, this.#database, this.#settings.dataDir.spool),
    );
  }

  async controller(): Promise<void> {
    await this.supervisor.start("core", controllerProcess(this.#own, this.#database));
  }

  async console(): Promise<void> {
    await this.supervisor.start("core", consoleProcess(this.#own, this.#database));
  }

  /** Sidecars and applications by phase, then shoppers. `onProgress` is told how many of how many processes serve. */
  async shop(onProgress: (ready: number, all: number) => void): Promise<void> {
    const { ports } = this.#settings;
    const shop = this.#shop;
    const around = this.#shopSurroundings;
    const all = 2 * shop.workloads.length + 1;
    let ready = 0;
    const start = async (stage: Stage, child: ChildSettings) => {
      await this.supervisor.start(stage, child);
      onProgress(++ready, all);
    };
    const plans = await inPool(shop.workloads, startsAtOnce, async (workload, index) => {
      const own = await availablePorts(preferredPorts(index, ports.console));
      const listens = workload.public ? { ...own, inbound: ports.shop } : own;
      this.#workloads[`${workload.service}-${workload.version}`] = listens;
      return { workload, listens };
    });
    for (const phase of shopPhases(plans))
      await inPool(phase, startsAtOnce, ({ stage, workload, listens }) => {
        const child = stage === "sidecars" ? sidecarProcess : appProcess;
        return start(stage, child(workload, listens, around));
      });
    const own = await availablePorts(preferredPorts(shop.workloads.length, ports.console));
    await start("load", loadgenProcess(shop, own, around));
  }

  awaitTraffic(): Promise<AwaitedTraffic> {
    return this.#task("await-traffic", { DATABASE_URL: this.#database });
  }

  /** For the `weir` command; from then on kept in step with every restart. */
  saveState(): void {
    this.#stateSaved = true;
    const processes = this.supervisor.children.map((child) => [child.settings.name, child.pid] as const);
    writeRunState(this.#settings.dataDir, {
      pid: process.pid,
      databaseUrl: this.#database,
      ports: this.#settings.ports,
      workloads: this.#workloads,
      processes: Object.fromEntries(processes),
    });
  }

  get stopping(): boolean {
    return this.#abort.signal.aborted;
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.supervisor.stop();
  }

  #task<T>(name: string, env: Record<string, string> = {}): Promise<T> {
    return runTask<T>({
      label: name,
      script: new URL(`./tasks/${name}.ts`, import.meta.url),
      env: { ...this.#weirEnv, ...env },
      cwd: this.#settings.root,
      logFile: this.supervisor.logFile("start"),
      signal: this.#abort.signal,
    });
  }

  get #shop() {
    return readShop(join(this.#settings.root, "apps/demo/shop.yaml"));
  }

  get #database(): string {
    if (this.#databaseUrl === undefined) throw new StartError("ORDER", "no database has been started yet");
    return this.#databaseUrl;
  }

  get #weirEnv() {
    return weirEnvironment(this.#settings.environment);
  }

  get #own() {
    return { root: this.#settings.root, ports: this.#settings.ports, env: this.#weirEnv };
  }

  get #shopSurroundings(): ShopSurroundings {
    const { root, dataDir, ports, environment } = this.#settings;
    return { root, dataDir, ports, weirEnv: this.#weirEnv, shopEnv: shopEnvironment(environment) };
  }
}
