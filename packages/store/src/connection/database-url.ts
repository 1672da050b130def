import { DatabaseUnreachable } from "./database-unreachable.ts";

/** Parameters that Prisma knows in a URL; the server would refuse them as settings. */
const prismaParameters = ["schema", "connection_limit", "pool_timeout", "pgbouncer", "socket_timeout"];

/** The URL of a Postgres, or {@link DatabaseUnreachable} that says what is wrong with it (without showing it). */
export function parseDatabaseUrl(databaseUrl: string): URL {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (!url || !["postgres:", "postgresql:"].includes(url.protocol) || url.hostname === "")
    throw new DatabaseUnreachable(
      "invalid-url",
      "the database URL is not one: it must look like postgres://user:password@host:5432/database",
    );
  for (const name of prismaParameters) url.searchParams.delete(name);
  return url;
}

/** Names a database for people: `127.0.0.1:5432/weir`, never with user or password. */
export function databaseLabel(url: URL): string {
  return `${url.host}${url.port ? "" : ":5432"}${url.pathname === "/" ? "" : url.pathname}`;
}
