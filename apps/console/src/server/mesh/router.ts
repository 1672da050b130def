import { router } from "../trpc.ts";
import { audit } from "./audit.ts";
import { ingest } from "./ingest.ts";
import { processes } from "./processes.ts";
import { sidecars } from "./sidecars.ts";

export const mesh = router({ audit, ingest, processes, sidecars });
