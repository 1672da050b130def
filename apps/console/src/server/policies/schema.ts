import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { policyJsonSchema } from "./policy-schemas.ts";

/** JSON Schema of a policy of any kind. */
export const schema = publicProcedure
  .output(z.record(z.string(), z.unknown()))
  .query(() => policyJsonSchema as Record<string, unknown>);
