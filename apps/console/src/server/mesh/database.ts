import { z } from "zod";
import { databaseSize, partitionsUntil } from "../store.ts";
import { publicProcedure } from "../trpc.ts";

const Database = z.object({
  bytes: z.number(),
  /** The largest first; `partitions` 0 for a table that has none. */
  tables: z.array(z.object({ name: z.string(), bytes: z.number(), partitions: z.number() })),
  connections: z.object({ used: z.number(), most: z.number() }),
  /** Hours for which telemetry has partitions of its own; absent while there are none, negative when they have run out. */
  headRoomHours: z.number().optional(),
});
export type Database = z.infer<typeof Database>;

/** What the database takes on disk, and how long its partitions last. */
export const database = publicProcedure.output(Database).query(async ({ ctx }) => {
  const [{ bytes, tables, connections }, untilMs] = await Promise.all([
    databaseSize(ctx.sql),
    partitionsUntil(ctx.sql),
  ]);
  return {
    ...{ bytes, tables: [...tables], connections },
    ...(untilMs === undefined ? {} : { headRoomHours: (untilMs - ctx.now()) / 3_600_000 }),
  };
});
