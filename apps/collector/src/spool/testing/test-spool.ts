import { mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@weir/telemetry/process";
import { afterEach, beforeEach } from "vitest";
import { openSpool, type SpoolSettings } from "../open-spool.ts";
import type { Spool } from "../spool.ts";

export const silent = createLogger("collector", "silent");

/** A directory for each test, and the spools that it opens there. */
export class TestSpool {
  #root = "";
  #opened: Spool[] = [];

  /** Call it outside of the tests: it sets up and cleans up around them. */
  constructor() {
    beforeEach(() => {
      this.#root = mkdtempSync(join(tmpdir(), "weir-spool-"));
    });
    afterEach(async () => {
      await Promise.all(this.#opened.splice(0).map((spool) => spool.close()));
      rmSync(this.#root, { recursive: true, force: true });
    });
  }

  /** Outside of the spool's own directory. */
  beside(name: string): string {
    return join(this.#root, name);
  }

  get directory(): string {
    return this.beside("spool");
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Names of its segments, in order. */
  async segments(): Promise<string[]> {
    return (await readdir(this.directory))
      .filter((name) => name.endsWith(".log") && name !== "refused.log")
      .sort();
  }

  async open(settings: Partial<SpoolSettings> = {}): Promise<Spool> {
    const spool = await openSpool({
      directory: this.directory,
      maxBytes: 64 * 1024 * 1024,
      log: silent,
      ...settings,
    });
    this.#opened.push(spool);
    return spool;
  }

  /** Closes what is open and opens it again, as another process would. */
  async reopen(settings: Partial<SpoolSettings> = {}): Promise<Spool> {
    await Promise.all(this.#opened.splice(0).map((spool) => spool.close()));
    return this.open(settings);
  }
}
