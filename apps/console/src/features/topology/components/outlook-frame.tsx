"use client";

import { FlaskConical } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "../../../ui/button.tsx";
import { useLink } from "../../frame/index.ts";
import { EffectGlyph } from "../../preview/components/effect-glyph.tsx";
import { useEdgeLabel } from "../hooks/use-edge-label.ts";
import { useMapShape } from "../hooks/use-map-shape.ts";
import { outlookLooks } from "./outlook-looks.ts";

interface OutlookFrameProps {
  readonly title: string;
  /** In a sentence, as it goes on from the title. */
  readonly children: ReactNode;
  /** Lines say nothing of it now. */
  readonly isEmpty?: boolean;
  /** Leads to the whole of it. */
  readonly way: { readonly to: string; readonly words: string };
}

/** Above the map while its lines tell what would become of requests: of what, how many, and how to read the lines. */
export function OutlookFrame({ title, children, isEmpty = false, way }: OutlookFrameProps) {
  const { setLabel } = useEdgeLabel();
  const linkTo = useLink();
  return (
    <section
      aria-label={title}
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-line border-t bg-accent-soft px-3 py-1.5 text-sm"
    >
      <span className="flex items-center gap-1.5 font-medium">
        <FlaskConical size={14} aria-hidden /> {title}
      </span>
      <p role="status" className="first-letter:uppercase">
        {children}
      </p>
      {!isEmpty && <LineNote />}
      <span className="ml-auto flex items-center gap-3">
        <Link href={linkTo(way.to)} className="text-accent text-xs hover:underline">
          {way.words}
        </Link>
        <Button look="quiet" size="small" onClick={() => setLabel("traffic")}>
          Back to traffic
        </Button>
      </span>
    </section>
  );
}

function LineNote() {
  const { by, setBy } = useMapShape();
  if (by !== "version" && by !== "workload") return <LineKey />;
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
      Policies are for services, and what they would do is counted of services: lines between{" "}
      {by === "version" ? "versions" : "workloads"} do not say it.
      <Button size="small" onClick={() => setBy("service")}>
        Show services
      </Button>
    </p>
  );
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
