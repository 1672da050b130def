import { join } from "node:path";
import type { Clock } from "./clock.ts";
import { rotateLog } from "./log-file.ts";
import type { ChildSettings } from "./running-process.ts";
import { StartError } from "./start-error.ts";
import { SupervisedChild } from "./supervised-child.ts";

/** Children start stage by stage in this order and stop in the opposite one, so that each finds what it needs. */
export const stages = ["postgres", "core", "sidecars", "apps", "load"] as const;
export type Stage = (typeof stages)[number];

export interface SupervisorSettings {
  readonly logDir: string;
  readonly clock: Clock;
  readonly report: (line: string) => void;
}

const rotationCheckMs = 5000;

/** All processes of one start. */
export class Supervisor {
  readonly #settings: SupervisorSettings;
  readonly #children = new Map<Stage, SupervisedChild[]>(stages.map((stage) => [stage, []]));
  readonly #hurry = new AbortController();
  #cancelRotation: () => void = () => {};
  #stopping = false;

  constructor(settings: SupervisorSettings) {
    this.#settings = settings;
    this.#watchLogs();
  }

  /** Starts one child and waits until it can serve; refused once everything is being stopped. */
  async start(stage: Stage, settings: ChildSettings): Promise<void> {
    if (this.#stopping)
      throw new StartError("STOPPED", `${settings.label} was not started: everything stops`);
    const child = new SupervisedChild(settings, { ...this.#settings, logFile: this.logFile(settings.name) });
    this.#children.get(stage)?.push(child);
    return child.start();
  }

  logFile(name: string): string {
    return join(this.#settings.logDir, `${name}.log`);
  }

  get children(): readonly SupervisedChild[] {
    return stages.flatMap((stage) => this.#children.get(stage) ?? []);
  }

  /** Stops everything, stage after stage; safe to call again. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#cancelRotation();
    for (const stage of stages.toReversed())
      await Promise.all((this.#children.get(stage) ?? []).map((child) => child.stop(this.#hurryOf(stage))));
  }

  /** No more waiting for deadlines. Postgres is excepted: killed, it would leave its server behind. */
  hurry(): void {
    this.#hurry.abort();
  }

  #hurryOf(stage: Stage): AbortSignal {
    return stage === "postgres" ? new AbortController().signal : this.#hurry.signal;
  }

  #watchLogs(): void {
    this.#cancelRotation = this.#settings.clock.after(rotationCheckMs, () => {
      for (const child of this.children) rotateLog(this.logFile(child.settings.name));
      this.#watchLogs();
    });
  }
}
