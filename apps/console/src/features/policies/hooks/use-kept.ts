"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

/** What a page keeps for whoever comes back to it, until the console is loaded anew. */
export interface Kept<T> {
  read(): T | undefined;
  write(value: T): void;
  drop(): void;
}

/** @param noun what is kept: each page keeps one of each */
export function useKept<T>(noun: string, page: string): Kept<T> {
  const client = useQueryClient();
  const [kept] = useState(() => keptIn<T>(client, noun, page));
  return kept;
}

export function keptIn<T>(client: QueryClient, noun: string, page: string): Kept<T> {
  const queryKey = [noun, page] as const;
  client.setQueryDefaults(queryKey, { gcTime: Infinity });
  return {
    read: () => client.getQueryData<T>(queryKey),
    write: (value) => void client.setQueryData<T>(queryKey, value),
    drop: () => client.removeQueries({ queryKey }),
  };
}
