"use client";

import { CloudOff, Unplug } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../../../ui/button.tsx";
import { classes } from "../../../ui/classes.ts";
import { formatAgo, formatMoment } from "../../../ui/format/times.ts";
import { raiseNotice } from "../../../ui/notice.ts";
import { useNow } from "../hooks/use-now.ts";
import { useSources } from "../hooks/use-sources.ts";

/**
 * Above every page, while something that it stands on is away: what, what that means, and how old what is shown is. Nothing
 * while all is well; a short notice when it is back.
 */
export function SourcesBanner() {
  const { notice, returned, seenAtMs, tryNow } = useSources();
  const nowMs = useNow(notice !== undefined);

  useEffect(() => {
    if (returned) raiseNotice("success", backWords[returned.source]);
  }, [returned]);

  return (
    // Always there: a screen reader tells what comes into it, and not that it comes.
    <div role="status" aria-label="Sources">
      {notice && (
        <div
          className={classes(
            "flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-1.5 text-xs",
            notice.isStale ? "bg-failing-soft text-failing" : "bg-degraded-soft text-degraded",
          )}
        >
          {notice.isStale ? <CloudOff size={15} aria-hidden /> : <Unplug size={15} aria-hidden />}
          <p className="min-w-0 grow basis-72">
            <strong className="font-semibold">{notice.title}.</strong> {notice.text}
          </p>
          {notice.isStale && seenAtMs !== undefined && nowMs !== undefined && (
            <p className="font-medium tabular-nums">
              Shown as of {formatMoment(seenAtMs, nowMs)}
              {/* Ticks: not to be told every second. */}
              <span aria-hidden>, {formatAgo(seenAtMs, nowMs)}</span>
            </p>
          )}
          <Button size="small" onClick={tryNow}>
            Try now
          </Button>
        </div>
      )}
    </div>
  );
}

const backWords = {
  console: "The console's server is back; everything was read again",
  database: "The database is back; everything was read again",
  collector: "The collector is back; everything was read again",
  controller: "The controller is back",
};
