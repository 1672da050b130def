"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import type { EffectScope } from "../../../server/preview/observed-schemas.ts";
import { useWindow } from "../../time/index.ts";

/** What enforcing a scope would have done in the page's window; `isWanted` false: nobody asks. */
export function useObservedEffect(scope: EffectScope, isWanted = true) {
  const { length } = useWindow();
  return useQuery(
    useTRPC().preview.observed.queryOptions(
      { scope, window: length },
      { placeholderData: keepPreviousData, enabled: isWanted },
    ),
  );
}

/** The same by method and path, with examples. */
export function useObservedRoutes(scope: EffectScope, isWanted = true) {
  const { length } = useWindow();
  return useQuery(
    useTRPC().preview.routes.queryOptions(
      { scope, window: length },
      { placeholderData: keepPreviousData, enabled: isWanted },
    ),
  );
}
