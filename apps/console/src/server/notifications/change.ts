import { NotificationTarget } from "@weir/domain";
import { z } from "zod";
import { operatorProcedure } from "../trpc.ts";
import { TargetId } from "./target-id.ts";

const Changed = z.object({
  ...TargetId.shape,
  ...NotificationTarget.omit({ format: true, url: true }).shape,
  /** Absent: the one there is; pages are not told that of Slack's in whole. */
  url: NotificationTarget.shape.url.optional(),
});

/** What a target is told of, and where; its format stays. */
export const change = operatorProcedure.input(Changed).mutation(async ({ ctx, input: { id, ...given } }) => {
  const before = (await ctx.config.listTargets()).find((target) => target.id === id);
  const { url = before?.url ?? "", name, topics, leastSeverity } = given;
  await ctx.config.changeTarget(id, { name, topics, leastSeverity, url, format: before?.format ?? "json" });
});
