import { WindowText } from "@weir/domain";
import { z } from "zod";
import { End } from "../topology/end.ts";

/** Whose requests: those that arrived at a service, or only one caller's. */
export const Subject = z.object({ destination: End, source: End.optional(), window: WindowText });
export type Subject = z.infer<typeof Subject>;
