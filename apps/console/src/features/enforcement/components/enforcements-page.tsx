"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { whyOf } from "@weir/domain/browser";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { parseAsInteger, useQueryState } from "nuqs";
import { useTRPC } from "../../../client/trpc.ts";
import type { EnforcementList } from "../../../server/enforcement/list.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatMoment } from "../../../ui/format/times.ts";
import { OlderPages } from "../../../ui/older-pages.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { UnreadableRows } from "../../../ui/unreadable-rows.tsx";
import { BackLink } from "../../frame/back-link.tsx";
import { useLink } from "../../frame/index.ts";
import { NothingInScope, useScope } from "../../scope/index.ts";
import { enforcementPath } from "../view-model/enforce-path.ts";
import { namedSwitch } from "../view-model/switch-words.ts";
import { PhaseSign } from "./phase-sign.tsx";

const askEveryMs = 5_000;

/** Every switch to enforce, the newest first: what is watched, and what became of the others. */
export function EnforcementsPage() {
  const [before, setBefore] = useQueryState("before", parseAsInteger);
  const { scope, asked } = useScope();
  const list = useQuery(
    useTRPC().enforcement.list.queryOptions(
      { ...asked, before: before ?? undefined },
      { refetchInterval: askEveryMs, placeholderData: keepPreviousData },
    ),
  );
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-4 p-3 md:p-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <BackLink to="/policies">Policies</BackLink>
        <h1 className="font-semibold text-lg">Enforcements</h1>
      </header>
      <Answer query={list} what="the enforcements" rows={6}>
        {({ enforcements, unreadable, before: next }) => (
          <>
            <UnreadableRows what="Enforcement" rows={unreadable} />
            {enforcements.length > 0 || before !== null ? (
              <Enforcements enforcements={enforcements} />
            ) : scope.length > 0 ? (
              <NothingInScope what="enforcement" />
            ) : (
              <EmptyState title="Nothing was enforced yet" icon={<ShieldCheck size={28} aria-hidden />}>
                Policies begin in observe. Each one's page, a service's mode and the mesh's mode lead to
                enforcing, after saying what it would do.
              </EmptyState>
            )}
            <OlderPages from={before} next={next} onGo={(from) => void setBefore(from)} />
          </>
        )}
      </Answer>
    </div>
  );
}

function Enforcements({ enforcements }: Pick<EnforcementList, "enforcements">) {
  const linkTo = useLink();
  return (
    <Panel flush>
      <Table caption="Enforcements">
        <thead>
          <tr>
            <HeadCell>What</HeadCell>
            <HeadCell>Stands</HeadCell>
            <HeadCell>Since</HeadCell>
            <HeadCell className="max-sm:hidden">By</HeadCell>
          </tr>
        </thead>
        <tbody>
          {enforcements.map(({ id, at, phase, reason, createdAtMs, createdBy }) => (
            <tr key={id}>
              <Cell className="py-1.5">
                <Link href={linkTo(enforcementPath(id))} className="text-accent hover:underline">
                  {namedSwitch(at)}
                </Link>
                {reason && (
                  <span className="block max-w-34 truncate text-muted text-xs sm:max-w-md" title={reason}>
                    {whyOf(reason)}
                  </span>
                )}
              </Cell>
              <Cell>
                <PhaseSign phase={phase} />
              </Cell>
              <Cell className="whitespace-nowrap">{formatMoment(createdAtMs, Date.now())}</Cell>
              <Cell className="max-sm:hidden">{createdBy}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
