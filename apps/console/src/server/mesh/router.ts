import { router } from "../trpc.ts";
import { audit } from "./audit.ts";
import { collector } from "./collector.ts";
import { ingest } from "./ingest.ts";
import { processes } from "./processes.ts";
import { sidecars } from "./sidecars.ts";
import { sources } from "./sources.ts";

export const mesh = router({ audit, collector, ingest, processes, sidecars, sources });
