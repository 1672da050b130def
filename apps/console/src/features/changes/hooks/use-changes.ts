"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import type { ServiceRef } from "../../../server/changes/shown-change.ts";
import { useWindow } from "../../time/index.ts";

/** The changes of the window: those that concern a service, or all of the mesh. */
export function useChanges(service?: ServiceRef) {
  const { length } = useWindow();
  return useQuery(
    useTRPC().changes.list.queryOptions(
      { window: length, ...(service && { service }) },
      { placeholderData: keepPreviousData },
    ),
  );
}
