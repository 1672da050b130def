"use client";

import { ownAuthor } from "@weir/domain/browser";
import type { RolloutPlan } from "@weir/rollout";
import {
  ChevronRight,
  CircleCheck,
  CirclePause,
  CirclePlay,
  CircleX,
  FastForward,
  type LucideIcon,
  PencilRuler,
  Rocket,
  StepForward,
  Undo2,
  UserCheck,
} from "lucide-react";
import { useEffect, useId, useRef } from "react";
import type { ShownEvent } from "../../../server/rollouts/shown-rollout.ts";
import { classes } from "../../../ui/classes.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { comparesAt } from "../view-model/compares-at.ts";
import { spanText } from "../view-model/span-text.ts";
import { shortStep } from "../view-model/step-words.ts";
import { EvidenceView } from "./evidence-view.tsx";
import { VersionsTable } from "./versions-table.tsx";

type Action = ShownEvent["action"];

const looks: Readonly<
  Record<Action, { readonly Icon: LucideIcon; readonly name: string; readonly tone: string }>
> = {
  start: { Icon: Rocket, name: "Started", tone: "text-accent" },
  advance: { Icon: StepForward, name: "Next step", tone: "text-ok" },
  succeed: { Icon: CircleCheck, name: "Succeeded", tone: "text-ok" },
  pause: { Icon: CirclePause, name: "Paused", tone: "text-degraded" },
  rollBack: { Icon: Undo2, name: "Rolled back", tone: "text-failing" },
  resume: { Icon: CirclePlay, name: "Resumed", tone: "text-accent" },
  abort: { Icon: CircleX, name: "Aborted", tone: "text-failing" },
  approve: { Icon: UserCheck, name: "Approved", tone: "text-ok" },
  skip: { Icon: FastForward, name: "Skipped", tone: "text-accent" },
  promote: { Icon: FastForward, name: "Promoted", tone: "text-accent" },
  replan: { Icon: PencilRuler, name: "Plan changed", tone: "text-accent" },
};

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
  const { Icon, name, tone } = looks[event.action];
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
        <Icon size={15} aria-hidden className={`mt-0.5 shrink-0 ${tone}`} />
        <span className="min-w-0 grow">
          <span className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{name}</span>
            <span className="font-mono text-faint text-xs">{formatMoment(event.atMs, nowMs)}</span>
            <span className="text-faint text-xs">
              {event.author === ownAuthor ? "by itself" : `by ${event.author}`}
            </span>
          </span>
          <span className="wrap-anywhere block text-muted text-xs">{event.reason}</span>
          {event.comment !== undefined && (
            <span className="wrap-anywhere block text-xs">“{event.comment}”</span>
          )}
        </span>
      </button>
      {isOpen && (
        <section
          id={id}
          aria-label={`Evidence of ${name.toLowerCase()}`}
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
