import { WindowText } from "@weir/domain";
import { z } from "zod";
import { MeshName } from "../bounded-text.ts";

/** A service and the window that is looked at. */
export const OfService = z.object({
  service: z.strictObject({ namespace: MeshName, service: MeshName }),
  window: WindowText,
});
