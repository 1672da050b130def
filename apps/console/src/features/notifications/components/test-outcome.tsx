"use client";

import { classes } from "../../../ui/classes.ts";
import { formatClock } from "../../../ui/format/times.ts";
import type { useTargetTest } from "../hooks/use-target-test.ts";
import { deliveryWords } from "../view-model/target-words.ts";

/** What became of the test. */
export function TestOutcome({ test }: { test: ReturnType<typeof useTargetTest> }) {
  const { delivery, isLate } = test;
  const isOver = delivery && delivery.state !== "waiting";
  return (
    <div role="status">
      {isLate && (
        <p className="mt-2 rounded-md bg-degraded-soft px-3 py-1.5 text-degraded text-xs">
          No controller has sent the test yet: it is kept, and sent once one runs.
        </p>
      )}
      {isOver && (
        <div
          className={classes(
            "mt-2 rounded-md px-3 py-1.5 text-xs",
            delivery.state === "delivered" ? "bg-ok-soft text-ok" : "bg-failing-soft text-failing",
          )}
        >
          <p className="wrap-anywhere">Test: {deliveryWords(delivery, formatClock)}</p>
        </div>
      )}
    </div>
  );
}
