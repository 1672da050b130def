import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { waitFor } from "@weir/testkit";

export interface CollectorProcessSettings {
  readonly databaseUrl: string;
  readonly port: number;
  readonly spoolDirectory: string;
  readonly spoolMaxBytes: number;
  /** In blocks of the shell: no file may grow beyond it, as on a full disk. */
  readonly fileLimit?: number | undefined;
}

const main = `${import.meta.dirname}/../../main.ts`;

/** A collector as it runs in production, in a process of its own that can be killed. */
export class CollectorProcess {
  readonly #settings: CollectorProcessSettings;
  readonly #failure = Promise.withResolvers<never>();
  #process: ChildProcess | undefined;
  #output = "";

  constructor(settings: CollectorProcessSettings) {
    this.#settings = settings;
    this.#failure.promise.catch(() => {});
  }

  /** Rejects when it ends without having been told to. */
  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  /** What it said, from its first start on. */
  get output(): string {
    return this.#output;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#settings.port}`;
  }

  /** Resolves when it listens. */
  async start(change: Partial<CollectorProcessSettings> = {}): Promise<void> {
    const settings = { ...this.#settings, ...change };
    const program = [process.execPath, main];
    const limited = ["sh", "-c", `ulimit -f ${settings.fileLimit} && exec "$@"`, "sh", ...program];
    const [command = "", ...flags] = settings.fileLimit === undefined ? program : limited;
    // With a channel, so that it cannot outlive the test.
    const started = spawn(command, flags, {
      env: environmentOf(settings),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#process = started;
    for (const stream of [started.stdout, started.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    started.once("exit", () => {
      if (this.#process === started)
        this.#failure.reject(new Error(`the collector ended by itself: ${this.#output.slice(-3000)}`));
    });
    const listens = async () => (await fetch(`${this.url}/healthz`)).ok;
    const listening = waitFor(listens, { what: "the collector to listen", timeoutMs: 20_000 });
    await Promise.race([listening, this.failure]);
  }

  /** `kill -9`; resolves when it is gone. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** In order; resolves with its exit code. */
  async stop(): Promise<number | null> {
    return this.#end("SIGTERM");
  }

  async isReady(): Promise<boolean> {
    return (await fetch(`${this.url}/readyz`)).ok;
  }

  /** Of `/metrics`, without labels. */
  async reading(name: string): Promise<number> {
    const metrics = await (await fetch(`${this.url}/metrics`)).text();
    return Number(new RegExp(`^weir_collector_${name} (.*)$`, "m").exec(metrics)?.[1]);
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = this.#process;
    this.#process = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null;
    const ended = once(ending, "exit");
    ending.kill(signal);
    const [code] = await ended;
    return code;
  }
}

function environmentOf(settings: CollectorProcessSettings): Record<string, string> {
  return {
    PATH: "/usr/bin:/bin",
    DATABASE_URL: settings.databaseUrl,
    WEIR_OTLP_HTTP_LISTEN: `127.0.0.1:${settings.port}`,
    WEIR_OTLP_GRPC_LISTEN: "off",
    WEIR_ZIPKIN_LISTEN: "off",
    WEIR_SPOOL_DIR: settings.spoolDirectory,
    WEIR_SPOOL_MAX_BYTES: String(settings.spoolMaxBytes),
  };
}
