import { closeSync, writeSync } from "node:fs";
import type { EmbeddedPostgres } from "@weir/store";
import { openLog } from "../supervise/log-file.ts";
import type { ChildSettings, Ending, RunningProcess } from "../supervise/running-process.ts";
import { diskFull, StartError, saysDiskFull } from "../supervise/start-error.ts";

/** A demo's data is small, and each connection's process counts what it touches of this as its own. */
export const postgresParameters = { shared_buffers: "64MB" };

/** The embedded Postgres as the supervisor keeps it; `databaseUrl` is known once it is ready. */
export class SupervisedPostgres implements ChildSettings {
  readonly name = "postgres";
  readonly label = "Postgres";
  readonly readyWithinMs = 120_000;
  readonly stopWithinMs = 30_000;
  databaseUrl: string | undefined;
  readonly #dataDir: string;
  readonly #port: number;

  constructor(dataDir: string, port: number) {
    this.#dataDir = dataDir;
    this.#port = port;
  }

  /** The store guards the server: it ends with this process, however that ends. */
  readonly launch = (logFile: string): RunningProcess => {
    const log = openLog(logFile);
    const starting = this.#start((line) => writeLine(log, line));
    let server: EmbeddedPostgres | undefined;
    starting.then(
      (started) => {
        server = started;
        this.databaseUrl = started.databaseUrl;
      },
      () => {},
    );
    const ended = starting
      .then(({ exited }) => exited)
      .then(
        ({ reason }): Ending => ({ how: `ended: ${reason}` }),
        (error: Error): Ending => ({ how: `could not start: ${error.message}`, final: this.#explain(error) }),
      );
    ended.then(() => closeSync(log));
    return {
      get pid() {
        return server?.pid;
      },
      ended,
      isReady: async () => server !== undefined,
      terminate: () => void starting.then((started) => started.stop()).catch(() => {}),
      // Its guard leads a group of its own. A database that is killed recovers at its next start.
      kill: () => void (server && process.kill(-server.pid, "SIGKILL")),
    };
  };

  /** Imported late: a start on somebody else's Postgres does without. */
  async #start(log: (line: string) => void): Promise<EmbeddedPostgres> {
    const { startEmbeddedPostgres } = await import("@weir/store");
    return startEmbeddedPostgres({
      dataDir: this.#dataDir,
      port: this.#port,
      parameters: postgresParameters,
      log,
    });
  }

  #explain(error: Error): StartError {
    if (saysDiskFull(error.message)) return diskFull(this.#dataDir, error);
    return new StartError("POSTGRES", error.message, { cause: error });
  }
}

/** A line that cannot be written, for want of room or of the file, must not end what keeps everything running. */
function writeLine(log: number, line: string): void {
  try {
    writeSync(log, `${line}\n`);
  } catch {
    // What Postgres said last is kept in memory too, and told when it ends.
  }
}
