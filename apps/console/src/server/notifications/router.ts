import { router } from "../trpc.ts";
import { add } from "./add.ts";
import { change } from "./change.ts";
import { deliveries } from "./deliveries.ts";
import { delivery } from "./delivery.ts";
import { list } from "./list.ts";
import { pause } from "./pause.ts";
import { remove } from "./remove.ts";
import { renewSecret } from "./renew-secret.ts";
import { test } from "./test.ts";

export const notifications = router({
  add,
  change,
  deliveries,
  delivery,
  list,
  pause,
  remove,
  renewSecret,
  test,
});
