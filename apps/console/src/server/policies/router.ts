import { router } from "../trpc.ts";
import { check } from "./check.ts";
import { get } from "./get.ts";
import { history } from "./history.ts";
import { list } from "./list.ts";
import { putAll } from "./put-all.ts";
import { remove } from "./remove.ts";
import { restore } from "./restore.ts";
import { save } from "./save.ts";
import { schema } from "./schema.ts";
import { text } from "./text.ts";

export const policies = router({ check, get, history, list, putAll, remove, restore, save, schema, text });
