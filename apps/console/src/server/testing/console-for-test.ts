import {
  commitTelemetry,
  createTelemetryCaches,
  openConfigStore,
  openSql,
  type SpanRecord,
  spanBlockOf,
  type TelemetryRequest,
} from "@weir/store";
import { createLogger, createRegistry, startSelfTracing } from "@weir/telemetry/process";
import { createTestDatabase } from "@weir/testkit";
import { readConfig } from "../../config.ts";
import { createInFlight } from "../in-flight.ts";
import { openChangeHub } from "../live/change-hub.ts";
import { createMeters } from "../meters.ts";
import { appRouter } from "../router.ts";
import { createSharedAnswers } from "../shared-answers.ts";
import { createSlots } from "../slots.ts";
import { openTrafficMemory } from "../traffic-memory.ts";
import { type Context, createCaller } from "../trpc.ts";

type CommittedRows = Partial<Omit<TelemetryRequest, "digest" | "spans">> & {
  readonly spans?: readonly SpanRecord[];
};

/** The console's procedures on a database of their own. Close it in `afterAll`. */
export async function consoleForTest() {
  const database = await createTestDatabase();
  const { databaseUrl } = database;
  const config = openConfigStore(databaseUrl);
  const sql = openSql(databaseUrl, { applicationName: "weir-console-test" });
  const changes = openChangeHub(databaseUrl);
  const tracing = await startSelfTracing("console", undefined);
  const caches = createTelemetryCaches();
  let digests = 0;

  const context: Context = {
    settings: readConfig({ DATABASE_URL: databaseUrl, WEIR_AUTHOR: "ada", LOG_LEVEL: "silent" }),
    logger: createLogger("console", "silent"),
    meters: createMeters(createRegistry("console")),
    tracer: tracing.tracer,
    config,
    sql,
    changes,
    inFlight: createInFlight(),
    clock: () => 0, // no answer is cut short, however busy the machine is
    tapSlots: createSlots(64),
    previewSlots: createSlots(3),
    replaySlots: createSlots(4),
    sharedAnswers: createSharedAnswers({
      ...{ keepMs: { least: 0, most: 0 }, mostBytes: 1024 * 1024 },
      now: () => performance.now(),
    }),
    traffic: openTrafficMemory({ evidenceMs: 0, callsMs: 0, now: () => performance.now() }),
    author: "ada",
    sameOrigin: true,
    now: Date.now,
  };
  return {
    config,
    /** What procedures are given. */
    context,
    /** Calls procedures as the console's own pages do, unless `over` says otherwise. */
    as: (over: Partial<Context> = {}) => createCaller(appRouter)({ ...context, ...over }),
    /** Commits rows as one request of their own. */
    async commit({ spans = [], ...rows }: CommittedRows) {
      const digest = new Uint8Array(32);
      new DataView(digest.buffer).setUint32(0, ++digests);
      const none = {
        accessLogs: [],
        logs: [],
        edgePoints: [],
        decisionPoints: [],
        metricPoints: [],
      };
      await commitTelemetry(
        sql,
        { requests: [{ digest, ...none, ...rows, spans: spanBlockOf(spans) }] },
        caches,
      );
    },
    async close() {
      await Promise.all([changes.close(), config.close(), sql.end(), tracing.stop()]);
      await database.drop();
    },
  };
}

export type ConsoleForTest = Awaited<ReturnType<typeof consoleForTest>>;
