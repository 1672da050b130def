import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../../../server/router.ts";
import { formatRate } from "../../../ui/format/numbers.ts";

export type Strip = inferRouterOutputs<AppRouter>["topology"]["ofMesh"];

const height = 100;

/** Requests per second of each interval, and what of them failed, from the foot up. */
export function StripBars({ strip }: { strip: Strip }) {
  const { slots, slotMs } = strip;
  const rateOf = (count: number, seconds: number) => (seconds > 0 ? count / seconds : 0);
  const most = Math.max(0, ...slots.map(({ requests, seconds }) => rateOf(requests, seconds)));
  const bars = (of: "requests" | "errors") =>
    slots
      .map((slot, i) => {
        const tall = (rateOf(slot[of], slot.seconds) / (most || 1)) * height;
        // What failed is seen even where it is little.
        const shown = of === "errors" && tall > 0 ? Math.max(tall, 4) : tall;
        return shown > 0 ? `M${i},${height}V${height - shown}H${i + 0.86}V${height}Z` : "";
      })
      .join("");
  return (
    <svg
      role="img"
      aria-label={`Requests of the mesh in ${slots.length} intervals of ${slotMs / 1_000} s; most ${formatRate(most)}`}
      viewBox={`0 0 ${slots.length} ${height}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full border-line border-b"
    >
      <path d={bars("requests")} className="fill-line-strong" />
      <path d={bars("errors")} className="fill-failing" />
    </svg>
  );
}
