import { DatabaseUnreachable } from "../connection/database-unreachable.ts";
import { databaseLabel, parseDatabaseUrl } from "../connection/database-url.ts";
import { explainFailure } from "../connection/explain-failure.ts";
import type { Prisma, PrismaClient } from "../generated/client.ts";

export type Transaction = Prisma.TransactionClient;

/** The way to the config tables. Prisma is loaded and connected at the first call, not before. */
export interface ConfigDatabase {
  /** One statement, or several that need not agree. Must be harmless twice: made again if a connection broke. */
  query<T>(work: (prisma: Transaction) => Promise<T>): Promise<T>;
  /** Several statements that see one and the same moment; only reads, and made again as those are. */
  readAtOnce<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Failures of the way to the database are {@link DatabaseUnreachable}; all others come as they are. */
export function openConfigDatabase(databaseUrl: string): ConfigDatabase {
  const url = parseDatabaseUrl(databaseUrl);
  const label = databaseLabel(url);
  let opened: Promise<PrismaClient> | undefined;
  const guarded = async <T>(work: (prisma: PrismaClient) => Promise<T>): Promise<T> => {
    opened ??= openPrisma(url);
    try {
      return await work(await opened);
    } catch (error) {
      throw explain(error, label) ?? error;
    }
  };
  const repeated = <T>(work: (prisma: PrismaClient) => Promise<T>): Promise<T> =>
    guarded(work).catch((error: unknown) => {
      // A pooled connection that the server ended is noticed only when it is used.
      if (error instanceof DatabaseUnreachable && error.reason === "lost") return guarded(work);
      throw error;
    });
  return {
    query: repeated,
    readAtOnce: (work) =>
      repeated((prisma) => prisma.$transaction(work, { isolationLevel: "RepeatableRead", ...patience })),
    write: (work) => guarded((prisma) => prisma.$transaction(work, patience)),
    async close() {
      await (await opened)?.$disconnect();
    },
  };
}

const patience = { maxWait: 5_000, timeout: 10_000 };

async function openPrisma(url: URL): Promise<PrismaClient> {
  const [{ PrismaClient }, { PrismaPg }, { default: pg }] = await Promise.all([
    import("../generated/client.ts"),
    import("@prisma/adapter-pg"),
    import("pg"),
  ]);
  const pool = new pg.Pool({
    connectionString: url.href,
    application_name: "weir-config",
    max: 4,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  // Between the pool and the adapter nobody listens: a server that ends a connection just then would end this process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
}

/** Prisma's own codes (its error reference) where no SQLSTATE or system error can be found inside. */
const prismaCodes: Readonly<Record<string, string>> = {
  P1000: "28P01",
  P1001: "ECONNREFUSED",
  P1002: "CONNECT_TIMEOUT",
  P1003: "3D000",
  P1008: "CONNECT_TIMEOUT",
  P1017: "CONNECTION_CLOSED",
  P2024: "53300",
  P2028: "CONNECT_TIMEOUT", // no connection in time, or the transaction took too long
  P2037: "53300",
};

/** What the driver adapter makes of the same. */
const adapterKinds: Readonly<Record<string, string>> = {
  AuthenticationFailed: "28P01",
  ConnectionClosed: "CONNECTION_CLOSED",
  DatabaseDoesNotExist: "3D000",
  DatabaseNotReachable: "ECONNREFUSED",
  SocketTimeout: "CONNECT_TIMEOUT",
  TooManyConnections: "53300",
};

function explain(error: unknown, label: string): DatabaseUnreachable | undefined {
  for (const inner of errorsWithin(error)) {
    const found = explainFailure(inner, label);
    if (found) return new DatabaseUnreachable(found.reason, found.message, { cause: error });
  }
  return undefined;
}

/** Prisma wraps what the driver threw several times over, and not always as `cause`. */
function* errorsWithin(error: unknown, depth = 0): Generator<unknown> {
  if (typeof error !== "object" || error === null || depth > 6) return;
  const { code, originalCode, kind, message, cause, meta, driverAdapterError } = error as Record<
    string,
    unknown
  >;
  for (const known of [originalCode, code, kind])
    if (typeof known === "string")
      yield Object.assign(new Error(String(message)), {
        code: prismaCodes[known] ?? adapterKinds[known] ?? known,
      });
  if (
    typeof message === "string" &&
    /Connection terminated|is not queryable|timeout exceeded when trying to connect/.test(message)
  )
    yield Object.assign(new Error(message), { code: "CONNECTION_CLOSED" });
  for (const inner of [cause, meta, driverAdapterError]) yield* errorsWithin(inner, depth + 1);
}
