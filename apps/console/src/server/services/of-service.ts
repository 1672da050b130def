import { WindowText } from "@weir/domain";
import { z } from "zod";

/** As long as the store keeps names (255 characters). Other people's meshes name services as they like. */
const name = z.string().max(255);

/** A service and the window that is looked at. */
export const OfService = z.object({
  service: z.strictObject({ namespace: name, service: name }),
  window: WindowText,
});
