"use client";

import {
  ArrowDown,
  ArrowUp,
  type LucideIcon,
  Minus,
  Plus,
  TrendingDown,
  TrendingUp,
  TriangleAlert,
  Undo2,
} from "lucide-react";
import { classes } from "../../../ui/classes.ts";
import type { Compared } from "../hooks/use-compared.ts";
import type { DifferenceKind } from "../view-model/compare-maps.ts";
import { differenceWords, kindWords } from "../view-model/difference-words.ts";

interface ComparePanelProps {
  readonly compared: Compared;
  nameOf(id: string): string;
  onEdge(id: string): void;
}

/** What became slower, fails more, is new or gone since the earlier window; the most urgent first. */
export function ComparePanel({ compared, nameOf, onEdge }: ComparePanelProps) {
  const { differences, nothingBefore, error, words } = compared;
  if (error && !differences)
    return <p className="p-4 text-failing">The earlier window could not be read. It is asked for again.</p>;
  if (!differences) return <p className="p-4 text-muted">Reading the earlier window …</p>;
  if (nothingBefore)
    return (
      <p className="p-4 text-muted">
        There was no traffic {words}, or it is no longer kept. Choose another window to compare with.
      </p>
    );
  if (differences.length === 0)
    return (
      <p className="p-4 text-muted">
        Nothing differs: no edge is new or gone, and none has errors, latency or a rate far from what it was.
      </p>
    );
  return (
    <ul>
      {differences.map((difference) => {
        const { kind, edge } = difference;
        const { icon: Icon, look } = looks[kind];
        return (
          <li key={edge.id} className="border-line border-b last:border-b-0">
            <button
              type="button"
              className="flex w-full items-start gap-2.5 px-4 py-2 text-left hover:bg-hover"
              onClick={() => onEdge(edge.id)}
            >
              <Icon size={15} aria-hidden className={classes("mt-0.5 shrink-0", look)} />
              <span className="min-w-0 grow">
                <span className="block break-words">
                  {nameOf(edge.source)} → {nameOf(edge.target)}
                </span>
                <span className="block text-muted text-xs">
                  <span className={classes("font-medium", look)}>{kindWords[kind]}</span>{" "}
                  <span className="font-mono">{differenceWords(difference)}</span>
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

const looks: Readonly<Record<DifferenceKind, { readonly icon: LucideIcon; readonly look: string }>> = {
  failing: { icon: TriangleAlert, look: "text-failing" },
  slower: { icon: TrendingUp, look: "text-degraded" },
  new: { icon: Plus, look: "text-accent" },
  gone: { icon: Minus, look: "text-muted" },
  busier: { icon: ArrowUp, look: "text-muted" },
  quieter: { icon: ArrowDown, look: "text-muted" },
  faster: { icon: TrendingDown, look: "text-ok" },
  recovered: { icon: Undo2, look: "text-ok" },
};
