"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatMoment } from "../../../ui/format/times.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { useLink } from "../../frame/index.ts";
import { enforcementPath } from "../view-model/enforce-path.ts";
import { namedSwitch } from "../view-model/switch-words.ts";
import { PhaseSign } from "./phase-sign.tsx";

const askEveryMs = 5_000;

/** Every switch to enforce, the newest first: what is watched, and what became of the others. */
export function EnforcementsPage() {
  const linkTo = useLink();
  const list = useQuery(useTRPC().enforcement.list.queryOptions({}, { refetchInterval: askEveryMs }));
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-4 p-3 md:p-6">
      <h1 className="font-semibold text-lg">Enforcements</h1>
      <Answer query={list} what="the enforcements" rows={6}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title="Nothing was enforced yet" icon={<ShieldCheck size={28} aria-hidden />}>
              Policies begin in observe. Each one's page, a service's mode and the mesh's mode lead to
              enforcing, after saying what it would do.
            </EmptyState>
          ) : (
            <Table caption="Enforcements" className="rounded-md border border-line bg-surface">
              <thead>
                <tr>
                  <HeadCell>What</HeadCell>
                  <HeadCell>Stands</HeadCell>
                  <HeadCell>Since</HeadCell>
                  <HeadCell>By</HeadCell>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ id, at, phase, reason, createdAtMs, createdBy }) => (
                  <tr key={id}>
                    <Cell className="py-1.5">
                      <Link href={linkTo(enforcementPath(id))} className="text-accent hover:underline">
                        {namedSwitch(at)}
                      </Link>
                      {reason && <span className="block max-w-md truncate text-muted text-xs">{reason}</span>}
                    </Cell>
                    <Cell>
                      <PhaseSign phase={phase} />
                    </Cell>
                    <Cell className="whitespace-nowrap">{formatMoment(createdAtMs, Date.now())}</Cell>
                    <Cell>{createdBy}</Cell>
                  </tr>
                ))}
              </tbody>
            </Table>
          )
        }
      </Answer>
    </div>
  );
}
