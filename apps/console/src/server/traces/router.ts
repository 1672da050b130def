import { router } from "../trpc.ts";
import { byId } from "./by-id.ts";
import { holding } from "./holding.ts";
import { logs } from "./logs.ts";
import { operations } from "./operations.ts";
import { search } from "./search.ts";
import { span } from "./span.ts";

export const traces = router({ byId, holding, logs, operations, search, span });
