import { router } from "../trpc.ts";
import { course } from "./course.ts";
import { keep, takeBack } from "./end.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { ofService } from "./of-service.ts";
import { preview } from "./preview.ts";
import { start } from "./start.ts";

export const enforcement = router({ course, get, keep, list, ofService, preview, start, takeBack });
