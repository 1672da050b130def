import { classes } from "./classes.ts";

/** The shape of what is being read. Give it the size of the real thing, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classes("motion-safe:animate-pulse rounded-sm bg-hover", className)} />;
}

/** Lines of a list that is being read, announced once. */
export function SkeletonRows({ rows, what }: { rows: number; what: string }) {
  return (
    <div role="status" aria-label={`Reading ${what}`} className="flex flex-col gap-2 p-4">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are alike and never move
        <Skeleton key={row} className="h-6" />
      ))}
    </div>
  );
}
