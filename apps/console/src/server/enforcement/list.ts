import { ModeSwitch } from "@weir/domain";
import type { UnreadableRow } from "@weir/store";
import { z } from "zod";
import { Namespaces } from "../services/namespaces.ts";
import { publicProcedure } from "../trpc.ts";
import { type EnforcementLine, enforcementLine } from "./shown-enforcement.ts";

const pageSize = 50;

/** Switches to enforce, the newest first; and the id to ask for older ones before, undefined when there are none. */
export interface EnforcementList {
  readonly enforcements: readonly EnforcementLine[];
  readonly unreadable: readonly UnreadableRow[];
  readonly before: number | undefined;
}

export const list = publicProcedure
  .input(
    z.object({
      at: ModeSwitch.optional(),
      /** Those of the whole mesh are always told. */
      namespaces: Namespaces.optional(),
      /** Only those that the guard watches. */
      watching: z.boolean().optional(),
      before: z.int32().min(1).optional(),
    }),
  )
  .query(async ({ ctx, input: { at, namespaces, watching, before } }): Promise<EnforcementList> => {
    const page = await ctx.config.listEnforcements({
      ...{ at, namespaces, before, limit: pageSize, phase: watching ? "watching" : undefined },
    });
    return {
      enforcements: page.found.map(enforcementLine),
      unreadable: page.unreadable,
      before: page.before,
    };
  });
