import { z } from "zod";

/** Which rollout is meant. */
export const RolloutRef = z.object({ id: z.int32().min(1) });
