"use client";

import { useCallback } from "react";
import { useScope, withScope } from "../scope/index.ts";
import { useWindow } from "../time/index.ts";
import { withWindow } from "./pages.ts";

/** Makes links to other pages that take the window of time and the namespaces along. */
export function useLink(): (href: string) => string {
  const { length } = useWindow();
  const { scope } = useScope();
  return useCallback((href: string) => withScope(withWindow(href, length), scope), [length, scope]);
}
