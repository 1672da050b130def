import type { Logger, Readiness } from "@weir/telemetry/process";

/** What uses the database, each on its own way to failing. */
export type StoreUse = "snapshots" | "leases" | "status" | "notifications";

/** Whether the database serves, by what happened last in each use of it. Says so once for each change. */
export class StoreHealth {
  readonly #failures = new Map<StoreUse, string>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  ok(use: StoreUse): void {
    if (this.#failures.delete(use)) this.#logger.info({ use }, `${use}: the database serves again`);
  }

  failed(use: StoreUse, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.#failures.get(use) === reason) return;
    this.#failures.set(use, reason);
    this.#logger.warn({ use, err: error }, `${use}: ${reason}`);
  }

  readiness(): Readiness {
    const [first] = this.#failures;
    return first ? { ready: false, reason: `${first[0]}: ${first[1]}` } : { ready: true };
  }
}
