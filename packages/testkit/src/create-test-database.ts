import { inject } from "vitest";
import type {} from "./global-setup.ts";

export interface TestDatabase {
  readonly databaseUrl: string;
  /** Ends whatever is still connected to it. */
  drop(): Promise<void>;
}

/** A fresh, migrated, empty database on the run's Postgres. Works inside Vitest only; drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const service = inject("weirTestDatabases");
  const databaseUrl = await ask(service, { method: "POST" });
  return {
    databaseUrl,
    async drop() {
      await ask(service, { method: "DELETE", body: databaseUrl });
    },
  };
}

async function ask(service: string, request: RequestInit): Promise<string> {
  const response = await fetch(service, request);
  const body = await response.text();
  if (!response.ok) throw new Error(`no test database: ${body}`);
  return body;
}
