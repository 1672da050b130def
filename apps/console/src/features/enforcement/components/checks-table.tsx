"use client";

import type { GuardCheck } from "@weir/rollout";
import { TriangleAlert } from "lucide-react";
import { classes } from "../../../ui/classes.ts";
import { formatCount, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { checkTitle } from "../view-model/caller-words.ts";
import { byGravity, checkScale, decisive } from "../view-model/check-scale.ts";

/** Each question that the guard asks: what was predicted, what may be, what is. */
export function ChecksTable({ checks }: { checks: readonly GuardCheck[] }) {
  return (
    <Table caption="Predicted and actual">
      <thead>
        <tr>
          <HeadCell>What</HeadCell>
          <HeadCell className="hidden w-2/5 sm:table-cell">Predicted, allowed, actual</HeadCell>
          <HeadCell numeric>Predicted</HeadCell>
          <HeadCell numeric>Allowed</HeadCell>
          <HeadCell numeric>Actual</HeadCell>
          <HeadCell numeric>Requests</HeadCell>
        </tr>
      </thead>
      <tbody>
        {byGravity(checks).map((check) => (
          <Row key={keyOf(check)} check={check} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ check }: { check: GuardCheck }) {
  const { what, whose } = checkTitle(check);
  const { predicted, limit, tripped, above } = check;
  const seen = decisive(check);
  return (
    <tr className={tripped ? "bg-failing-soft" : ""}>
      <Cell className="min-w-40 py-1.5">
        <span className="flex items-center gap-1.5">
          {tripped && (
            <TriangleAlert size={14} aria-label="past its budget" className="shrink-0 text-failing" />
          )}
          <span>
            {what} <span className="block text-muted text-xs">{whose}</span>
          </span>
        </span>
      </Cell>
      <Cell className="hidden sm:table-cell">
        <Bullet check={check} />
      </Cell>
      <Cell numeric>{predicted === undefined ? "unknown" : formatShare(predicted)}</Cell>
      <Cell numeric>{formatShare(limit)}</Cell>
      <Cell numeric className={tripped ? "font-semibold text-failing" : ""}>
        {seen.requests === 0 ? "–" : formatShare(seen.hits / seen.requests)}
      </Cell>
      <Cell numeric>
        {formatCount(seen.requests)}
        {above && <span className="block text-muted text-xs">in {formatSeconds(above.ms / 1_000)}</span>}
      </Cell>
    </tr>
  );
}

/** Says nothing that the numbers beside it do not say. */
function Bullet({ check }: { check: GuardCheck }) {
  const { predicted, limit, seen } = checkScale(check);
  return (
    <div aria-hidden className="relative h-4">
      <div className="absolute inset-x-0 top-1 h-2 rounded-sm bg-sunken" />
      <div
        className="absolute top-1 left-0 h-2 rounded-l-sm bg-enforce-soft"
        style={{ width: `${limit}%` }}
      />
      {seen !== undefined && (
        <div
          className={classes(
            "absolute top-[0.3125rem] left-0 h-1.5 rounded-sm",
            check.tripped ? "bg-failing" : "bg-enforce",
          )}
          style={{ width: `max(2px, ${seen}%)` }}
        />
      )}
      {predicted !== undefined && (
        <div className="absolute inset-y-0 w-0.5 bg-text" style={{ left: `${predicted}%` }} />
      )}
      <div className="absolute inset-y-0 w-0.5 bg-failing" style={{ left: `${limit}%` }} />
    </div>
  );
}

function keyOf({ kind, namespace, name, callers }: GuardCheck): string {
  const [first] = callers ?? [];
  return `${kind} ${namespace}/${name} ${callers?.length} ${first?.namespace}/${first?.service}`;
}
