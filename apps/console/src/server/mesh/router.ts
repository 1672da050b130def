import { router } from "../trpc.ts";
import { audit } from "./audit.ts";
import { collector } from "./collector.ts";
import { convergence } from "./convergence.ts";
import { database } from "./database.ts";
import { ingest } from "./ingest.ts";
import { overhead } from "./overhead.ts";
import { processes } from "./processes.ts";
import { sidecars } from "./sidecars.ts";
import { sources } from "./sources.ts";
import { usage } from "./usage.ts";

export const mesh = router({
  audit,
  collector,
  convergence,
  database,
  ingest,
  overhead,
  processes,
  sidecars,
  sources,
  usage,
});
