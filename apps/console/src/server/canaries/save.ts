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
 * Puts the weights of a service's canary, as the next revision; who is pinned, what is copied and what keeps a user in a
 * version stay as they are. A draft of an older revision is a conflict.
 */
export const save = operatorProcedure
  .input(SaveCanary)
  .output(z.object({ revision: z.number() }))
  .mutation(async ({ ctx, input }) => {
    const { namespace, service, name, backends, mode, expectedRevision, reason } = input;
    const before = (await ctx.config.getPolicy(namespace, name))?.policy;
    const { mode: _mode, revision: _revision, ...kept } = before?.kind === "canary" ? before : {};
    const policy = parseOrThrow(
      Policy,
      {
        ...kept,
        ...{ kind: "canary", namespace, name, targetRef: service, backends },
        ...(mode && { mode }),
      },
      `canary ${name}`,
    );
    const change = { author: ctx.author, expectedRevision, reason };
    return { revision: (await ctx.config.putPolicy(policy, change)).revision };
  });
