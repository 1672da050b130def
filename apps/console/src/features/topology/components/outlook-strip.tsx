"use client";

import { FlaskConical } from "lucide-react";
import Link from "next/link";
import { useLastingError } from "../../../client/use-lasting-error.ts";
import type { ObservedEffect } from "../../../server/preview/observed-schemas.ts";
import { Button } from "../../../ui/button.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { useLink } from "../../frame/index.ts";
import { EffectGlyph } from "../../preview/components/effect-glyph.tsx";
import { useObservedEffect } from "../../preview/hooks/use-observed-effect.ts";
import { askedRequests, totals } from "../../preview/view-model/outlook-rows.ts";
import { rangeWords } from "../../preview/view-model/range-words.ts";
import { useEdgeLabel } from "../hooks/use-edge-label.ts";
import { useMapShape } from "../hooks/use-map-shape.ts";
import { outlookLooks } from "./outlook-looks.ts";

/** Says what the map's lines mean while they tell what enforcing every policy would do, and leads to the whole of it. */
export function OutlookStrip() {
  const { setLabel } = useEdgeLabel();
  const { by, setBy } = useMapShape();
  const effect = useObservedEffect({ scope: "mesh" });
  const error = useLastingError(effect);
  const linkTo = useLink();
  return (
    <section
      aria-label="If every policy were enforced"
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-line border-t bg-accent-soft px-3 py-1.5 text-sm"
    >
      <span className="flex items-center gap-1.5 font-medium">
        <FlaskConical size={14} aria-hidden /> If every policy were enforced
      </span>
      <p role="status">
        {effect.data ? <Told effect={effect.data} /> : error ? "This cannot be read now." : "Reading…"}
      </p>
      {by === "version" || by === "workload" ? (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
          Policies are for services, and what they would do is counted of services: lines between{" "}
          {by === "version" ? "versions" : "workloads"} do not say it.
          <Button size="small" onClick={() => setBy("service")}>
            Show services
          </Button>
        </p>
      ) : (
        <LineKey />
      )}
      <span className="ml-auto flex items-center gap-3">
        <Link href={linkTo("/preview?by=callers")} className="text-accent text-xs hover:underline">
          As a table
        </Link>
        <Button look="quiet" size="small" onClick={() => setLabel("traffic")}>
          Back to traffic
        </Button>
      </span>
    </section>
  );
}

function Told({ effect: { edges, policies } }: { effect: ObservedEffect }) {
  if (policies.length === 0) return "there is no policy yet.";
  if (edges.length === 0) return "no request of this window would have fared otherwise.";
  const { refused, touched } = totals({ edges });
  const asked = plural(askedRequests({ edges, policies }), "request");
  return `of ${asked} that policies were asked about ${rangeWords(refused)} would be refused, ${rangeWords(touched)} changed in some way`;
}

function LineKey() {
  return (
    <ul aria-label="Lines" className="flex flex-wrap gap-x-4 text-muted text-xs">
      {(["refused", "changed", "unchanged"] as const).map((group) => (
        <li key={group} className="flex items-center gap-1.5">
          <svg aria-hidden width={28} height={6} className={outlookLooks[group].text}>
            <path
              d="M0 3H28"
              stroke="currentColor"
              strokeWidth={2.5}
              strokeDasharray={outlookLooks[group].dash}
            />
          </svg>
          <EffectGlyph group={group} />
          {group === "unchanged" ? "as it is" : group}
        </li>
      ))}
    </ul>
  );
}
