"use client";

import { Button } from "./button.tsx";

interface OlderPagesProps {
  /** Where the page that is shown begins; null: with the newest. */
  readonly from: number | null;
  /** Where the page of older ones begins; undefined: there are none. */
  readonly next: number | undefined;
  onGo(from: number | null): void;
}

/** The way through a list that is told page by page, newest first. */
export function OlderPages({ from, next, onGo }: OlderPagesProps) {
  if (from === null && next === undefined) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {from !== null && <Button onClick={() => onGo(null)}>Back to the newest</Button>}
      {next !== undefined && <Button onClick={() => onGo(next)}>Older ones</Button>}
    </div>
  );
}
