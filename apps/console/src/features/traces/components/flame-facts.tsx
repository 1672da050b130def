import { CircleX } from "lucide-react";
import { formatCount, formatNs, formatShare, plural } from "../../../ui/format/numbers.ts";
import type { FlameFrame } from "../view-model/flame/flame-graph.ts";

/** What a frame of the flame graph stands for, in a line or two. */
export function FlameFacts({ frame, whole }: { frame: FlameFrame; whole: FlameFrame }) {
  return (
    <>
      <span className="break-words font-medium">
        <bdi>{frame.service}</bdi> <bdi className="font-normal">{frame.title}</bdi>
      </span>{" "}
      <span className="text-muted">
        {formatNs(frame.timeNs)} ({formatShare(whole.timeNs > 0 ? frame.timeNs / whole.timeNs : undefined)}),
        itself {formatNs(frame.selfNs)};{" "}
        {frame.depth > 0 && frame.spans !== frame.count
          ? `${plural(frame.spans, "span")}, ${formatCount(frame.count)} with those below`
          : plural(frame.count, "span")}
      </span>
      {frame.failed > 0 && (
        <span className="ml-1 inline-flex items-center gap-1 text-failing">
          <CircleX size={12} aria-hidden />
          {formatCount(frame.failed)} failed
        </span>
      )}
    </>
  );
}
