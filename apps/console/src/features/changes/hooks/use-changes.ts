"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { WindowText } from "@weir/domain";
import { useTRPC } from "../../../client/trpc.ts";
import type { ServiceRef } from "../../../server/changes/shown-change.ts";
import { useLive } from "../../live/index.ts";
import { useWindow } from "../../time/index.ts";

/** A version that only telemetry tells of comes without a notice. */
const askEveryMs = 20_000;

/**
 * The changes of the page's window, or of another one: those that concern a service, or all of the mesh. Read again when
 * one is told of.
 */
export function useChanges(service?: ServiceRef, other?: WindowText) {
  const { length } = useWindow();
  const { state } = useLive();
  return useQuery(
    useTRPC().changes.list.queryOptions(
      { window: other ?? length, ...(service && { service }) },
      { placeholderData: keepPreviousData, refetchInterval: state === "paused" ? false : askEveryMs },
    ),
  );
}
