"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { NotificationTarget, NotificationTopic } from "@weir/domain";
import { notificationTopics } from "@weir/domain/browser";
import { useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { ShownTarget } from "../../../server/notifications/shown-target.ts";

/** A target while it is typed; closes when it is kept, unless there is a secret to be shown. */
export function useTargetForm(target: ShownTarget | undefined, onDone: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<NotificationTarget>(() => draftOf(target));
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const [secret, setSecret] = useState<string>();
  const settled = {
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.notifications.pathKey() }),
    onError: (error: unknown) => setProblem(problemOf(error).message),
  };
  const show = (given: string | null) => (given === null ? onDone() : setSecret(given));
  const adding = useMutation(
    trpc.notifications.add.mutationOptions({ ...settled, onSuccess: (added) => show(added.secret) }),
  );
  const changing = useMutation(trpc.notifications.change.mutationOptions({ ...settled, onSuccess: onDone }));
  const renewing = useMutation(
    trpc.notifications.renewSecret.mutationOptions({ ...settled, onSuccess: (made) => show(made.secret) }),
  );
  return {
    draft,
    reason,
    setReason,
    problem,
    secret,
    isBusy: adding.isPending || changing.isPending || renewing.isPending,
    set: (part: Partial<NotificationTarget>) => setDraft((before) => ({ ...before, ...part })),
    choose: (topic: NotificationTopic, chosen: boolean) =>
      setDraft((before) => ({
        ...before,
        topics: notificationTopics.filter((one) => (one === topic ? chosen : before.topics.includes(one))),
      })),
    renewSecret: () => target && renewing.mutate({ id: target.id }),
    submit() {
      setProblem(draft.topics.length === 0 ? "Choose at least one thing to tell of." : undefined);
      if (draft.topics.length === 0) return;
      const why = reason.trim() || undefined;
      const { format, url, token, ...told } = draft;
      const given = { ...told, ...(format === "grafana" && token && { token }) };
      if (!target) return adding.mutate({ target: { ...given, format, url }, reason: why });
      changing.mutate({ id: target.id, target: { ...given, ...(url !== "" && { url }) }, reason: why });
    },
  };
}

function draftOf(target: ShownTarget | undefined): NotificationTarget {
  if (!target)
    return { name: "", url: "", format: "json", topics: [...notificationTopics], leastSeverity: "info" };
  const { name, format, topics, leastSeverity } = target;
  return { name, format, topics: [...topics], leastSeverity, url: "" };
}
