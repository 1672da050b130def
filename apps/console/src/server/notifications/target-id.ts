import { z } from "zod";

/** As many as Postgres' integer has. */
const RowId = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

export const TargetId = z.object({ id: RowId });
