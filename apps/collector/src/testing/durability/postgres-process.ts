import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, migrate, startEmbeddedPostgres } from "@weir/store";
import { freePort } from "@weir/testkit";

/** A Postgres of its own that syncs as in production, can be killed, and comes back on the same port with its data. */
export class PostgresProcess {
  readonly #directory: string;
  readonly port: number;
  #running: EmbeddedPostgres | undefined;

  private constructor(directory: string, port: number) {
    this.#directory = directory;
    this.port = port;
  }

  /** Migrated and running. */
  static async create(): Promise<PostgresProcess> {
    const directory = mkdtempSync(join(tmpdir(), "weir-durable-postgres-"));
    chmodSync(directory, 0o755); // root's Postgres runs as another user
    const postgres = new PostgresProcess(directory, await freePort());
    await postgres.start();
    await migrate(postgres.databaseUrl);
    return postgres;
  }

  get databaseUrl(): string {
    if (!this.#running) throw new Error("Postgres does not run");
    return this.#running.databaseUrl;
  }

  async start(): Promise<void> {
    this.#running = await startEmbeddedPostgres({
      dataDir: join(this.#directory, "data"),
      sharedDirs: [join(this.#directory, "shared")],
      port: this.port,
      durable: true,
    });
  }

  /** `kill -9` of the postmaster; resolves when its other processes have gone too. */
  async kill(): Promise<void> {
    const file = join(this.#directory, "data", "cluster", "postmaster.pid");
    process.kill(Number(readFileSync(file, "utf8").split("\n", 1)[0]), "SIGKILL");
    await this.#running?.exited;
    this.#running = undefined;
  }

  async remove(): Promise<void> {
    await this.#running?.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
