import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { TestProject } from "vitest/node";
import { startTestPostgres, type TestPostgres } from "./start-test-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where `createTestDatabase` asks for databases. */
    weirTestDatabases: string;
  }
}

/**
 * Vitest's global setup. Test files run in processes of their own, so they ask this one for databases, over
 * HTTP on loopback; Postgres starts at the first question, and a run that asks nothing pays nothing.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<TestPostgres> | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    postgres ??= startTestPostgres();
    try {
      if (request.method === "DELETE") {
        await (await postgres).dropDatabase(await text(request));
        response.end();
      } else response.end(await (await postgres).createDatabase());
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
  project.provide("weirTestDatabases", `http://127.0.0.1:${address.port}/`);
  return async () => {
    server.close();
    server.closeAllConnections();
    await (await postgres?.catch(() => undefined))?.stop();
  };
}
