"use client";

import {
  ChevronDown,
  ChevronRight,
  CircleCheck,
  CircleDashed,
  CirclePause,
  Pause,
  Pencil,
  Play,
  Trash2,
  TriangleAlert,
} from "lucide-react";
import type { ShownTarget } from "../../../server/notifications/shown-target.ts";
import { Button } from "../../../ui/button.tsx";
import { classes } from "../../../ui/classes.ts";
import { formatAgo } from "../../../ui/format/times.ts";
import { useTargetTest } from "../hooks/use-target-test.ts";
import { type TargetState, targetState, toldOf } from "../view-model/target-words.ts";
import { DeliveryList } from "./delivery-list.tsx";
import { TestOutcome } from "./test-outcome.tsx";

interface TargetRowProps {
  readonly target: ShownTarget;
  readonly isOpen: boolean;
  onOpen(isOpen: boolean): void;
  onPause(paused: boolean): void;
  onChange(): void;
  onRemove(): void;
}

const signs = { fine: CircleCheck, new: CircleDashed, off: CirclePause, wrong: TriangleAlert } as const;
const tones = { fine: "text-ok", new: "text-muted", off: "text-muted", wrong: "text-failing" } as const;

/** One target: where, of what, how it goes, and what can be done; opens its last deliveries. */
export function TargetRow({ target, isOpen, onOpen, onPause, onChange, onRemove }: TargetRowProps) {
  const { name, address, format, paused } = target;
  const test = useTargetTest(target.id);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-72">
          <h3 className="flex flex-wrap items-center gap-x-2 font-medium">
            <span className="wrap-anywhere">{name}</span>
            <span className="rounded-sm border border-line px-1 font-mono text-faint text-xs">{format}</span>
          </h3>
          <p className="truncate font-mono text-muted text-xs">{address}</p>
          <p className="text-muted text-xs">{toldOf(target)}</p>
          <State state={targetState(target, (atMs) => formatAgo(atMs, Date.now()))} />
        </div>
        <div className="flex flex-wrap items-center gap-1">
          <Button size="small" disabled={test.isWaiting} onClick={test.send}>
            {test.isWaiting ? "Testing…" : "Send a test"}
          </Button>
          <Button
            look="quiet"
            size="icon"
            aria-label={paused ? `Resume ${name}` : `Pause ${name}`}
            onClick={() => onPause(!paused)}
          >
            {paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          </Button>
          <Button look="quiet" size="icon" aria-label={`Change ${name}`} onClick={onChange}>
            <Pencil size={14} aria-hidden />
          </Button>
          <Button look="quiet" size="icon" aria-label={`Remove ${name}`} onClick={onRemove}>
            <Trash2 size={14} aria-hidden />
          </Button>
        </div>
      </div>
      <TestOutcome test={test} />
      <Button
        look="quiet"
        size="small"
        aria-expanded={isOpen}
        aria-label={`Last deliveries to ${name}`}
        className="mt-1 -ml-2"
        onClick={() => onOpen(!isOpen)}
      >
        <Chevron size={12} aria-hidden />
        Last deliveries
      </Button>
      {isOpen && <DeliveryList targetId={target.id} name={name} />}
    </li>
  );
}

function State({ state: { tone, words } }: { state: TargetState }) {
  const Sign = signs[tone];
  return (
    <p className={classes("mt-1 flex items-start gap-1.5 text-xs", tones[tone])}>
      <Sign size={14} aria-hidden className="shrink-0" />
      <span className="wrap-anywhere">{words}</span>
    </p>
  );
}
