"use client";

import { ErrorState } from "../ui/error-state.tsx";

/** What a page shows when drawing it failed; the frame around it stays. */
export default function PageError({ error, reset }: { error: Error; reset(): void }) {
  return <ErrorState error={error} what="this page" retry={reset} />;
}
