import { Mode, Policy, parseOrThrow } from "@weir/domain";
import { z } from "zod";
import { MeshName, Reason } from "../bounded-text.ts";
import { PolicyRef } from "../policies/policy-schemas.ts";
import { operatorProcedure } from "../trpc.ts";
import { Backends } from "./canary-schemas.ts";

/** Loose on purpose: the domain's own schema judges the weights, and says what is wrong at which path. */
const SaveCanary = PolicyRef.extend({
  service: MeshName,
  backends: Backends.max(200),
  mode: Mode.optional(),
  /** The revision the draft was begun from; 0 for a canary that must not exist yet. */
  expectedRevision: z.int32().min(0),
  reason: Reason,
});

/**
 * Puts the weights of a service's canary, as the next revision; what keeps a user in a version stays as it is. A draft
 * of an older revision is a conflict.
 */
export const save = operatorProcedure
  .input(SaveCanary)
  .output(z.object({ revision: z.number() }))
  .mutation(async ({ ctx, input }) => {
    const { namespace, service, name, backends, mode, expectedRevision, reason } = input;
    const before = (await ctx.config.getPolicy(namespace, name))?.policy;
    const sticky = before?.kind === "canary" ? before.sticky : undefined;
    const policy = parseOrThrow(
      Policy,
      {
        ...{ kind: "canary", namespace, name, targetRef: service, backends },
        ...(sticky && { sticky }),
        ...(mode && { mode }),
      },
      `canary ${name}`,
    );
    const change = { author: ctx.author, expectedRevision, reason };
    return { revision: (await ctx.config.putPolicy(policy, change)).revision };
  });
