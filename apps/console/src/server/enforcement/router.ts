import { router } from "../trpc.ts";
import { keep, takeBack } from "./end.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { preview } from "./preview.ts";
import { start } from "./start.ts";

export const enforcement = router({ get, keep, list, preview, start, takeBack });
