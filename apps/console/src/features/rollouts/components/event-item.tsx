"use client";

import type { RolloutPlan } from "@weir/rollout";
import { ChevronRight } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import type { ShownEvent } from "../../../server/rollouts/shown-rollout.ts";
import { classes } from "../../../ui/classes.ts";
import { comparesAt } from "../view-model/compares-at.ts";
import { spanText } from "../view-model/span-text.ts";
import { shortStep } from "../view-model/step-words.ts";
import { EventLine, eventName } from "./event-line.tsx";
import { EvidenceView } from "./evidence-view.tsx";
import { VersionsTable } from "./versions-table.tsx";

interface EventItemProps {
  readonly event: ShownEvent;
  readonly plan: RolloutPlan;
  readonly nowMs: number;
  readonly isOpen: boolean;
  onToggle(): void;
  hueOf(version: string): string;
}

/** One event in a line; opened, all that was known when it was decided. */
export function EventItem({ event, plan, nowMs, isOpen, onToggle, hueOf }: EventItemProps) {
  const id = useId();
  const item = useRef<HTMLLIElement>(null);
  const openedAtFirst = useRef(isOpen);
  useEffect(() => {
    if (openedAtFirst.current) item.current?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <li ref={item}>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={onToggle}
        className="flex w-full items-start gap-2.5 px-4 py-2.5 text-left hover:bg-hover"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={classes("mt-0.5 shrink-0 text-faint transition-transform", isOpen && "rotate-90")}
        />
        <EventLine {...{ event, nowMs }} />
      </button>
      {isOpen && (
        <section
          id={id}
          aria-label={`Evidence of ${eventName(event).toLowerCase()}`}
          className="border-line border-t bg-page"
        >
          <Frozen {...{ event, plan, hueOf }} />
        </section>
      )}
    </li>
  );
}

function Frozen({ event, plan, hueOf }: Pick<EventItemProps, "event" | "plan" | "hueOf">) {
  const { evidence, signals, policyRevision } = event;
  const written = event.plan;
  return (
    <>
      {signals && <VersionsTable {...{ signals, plan, hueOf }} />}
      {evidence && (
        <EvidenceView {...{ evidence, plan }} compares={comparesAt((written ?? plan).steps, evidence.step)} />
      )}
      {written && (
        <p className="wrap-anywhere px-4 py-3 text-xs">
          <span className="text-muted">The plan:</span>{" "}
          {written.steps.map((step) => `${shortStep(step)} for ${spanText(step.forMs)}`).join(", ")}.
        </p>
      )}
      {!evidence && !written && (
        <p className="px-4 py-3 text-muted">Nothing was known yet when it was decided.</p>
      )}
      {policyRevision !== undefined && (
        <p className="border-line border-t px-4 py-2 text-faint text-xs">
          Traffic followed with revision {policyRevision} of the canary.
        </p>
      )}
    </>
  );
}
