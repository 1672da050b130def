import { router } from "../trpc.ts";
import { list } from "./list.ts";
import { remove } from "./remove.ts";
import { rename } from "./rename.ts";
import { save } from "./save.ts";

export const views = router({ list, remove, rename, save });
