import type { UnreadableRow } from "@weir/store";
import { z } from "zod";
import { MeshName } from "../bounded-text.ts";
import { Namespaces } from "../services/namespaces.ts";
import { publicProcedure } from "../trpc.ts";
import { RolloutRef } from "./rollout-ref.ts";
import { type ShownRollout, shownRollout } from "./shown-rollout.ts";

const pageSize = 50;

/** One that cannot be shown; while it isn't over it can be ended. */
export interface UnreadableRollout extends UnreadableRow {
  readonly isOver: boolean;
}

/** Of `ended`, the id to ask for older ones before; undefined when there are none. */
export interface RolloutList {
  readonly running: readonly ShownRollout[];
  readonly ended: readonly ShownRollout[];
  readonly unreadable: readonly UnreadableRollout[];
  readonly before: number | undefined;
}

/** Those that are not over, and beside them the newest of those that are; each newest first. */
export const list = publicProcedure
  .input(
    z.object({
      /** This one alone: to say what it is where it cannot be read. */
      id: RolloutRef.shape.id.optional(),
      /** Of this service alone. */
      service: z.object({ namespace: MeshName, name: MeshName }).optional(),
      namespaces: Namespaces.optional(),
      before: z.int32().min(1).optional(),
    }),
  )
  .query(async ({ ctx, input: { id, service, namespaces, before } }): Promise<RolloutList> => {
    const [running, ended] = await Promise.all([
      ctx.config.listRollouts({ id, service, namespaces, running: true, limit: 1_000 }),
      ctx.config.listRollouts({ id, service, namespaces, running: false, limit: pageSize, before }),
    ]);
    return {
      running: running.found.map(shownRollout),
      ended: ended.found.map(shownRollout),
      unreadable: [
        ...running.unreadable.map((row) => ({ ...row, isOver: false })),
        ...ended.unreadable.map((row) => ({ ...row, isOver: true })),
      ],
      before: ended.before,
    };
  });
