"use client";

import { useQuery } from "@tanstack/react-query";
import { serviceIdText } from "@weir/domain/browser";
import { useMemo } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { useWindow } from "../../time/index.ts";
import type { Vocabulary } from "../view-model/query/complete-query.ts";

/** The services and operations that spans of the window name. */
export function useVocabulary(): Vocabulary {
  const trpc = useTRPC();
  const { length } = useWindow();
  const { data } = useQuery(trpc.traces.operations.queryOptions({ length }, { staleTime: 30_000 }));
  return useMemo(
    () => ({
      services: (data ?? []).map(({ namespace, service, operations }) => ({
        name: serviceIdText({ namespace, service }),
        operations,
      })),
    }),
    [data],
  );
}
