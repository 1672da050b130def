"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Plus, Rocket } from "lucide-react";
import Link from "next/link";
import { parseAsInteger, useQueryState } from "nuqs";
import { useTRPC } from "../../../client/trpc.ts";
import type { RolloutList } from "../../../server/rollouts/list.ts";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { Answer } from "../../../ui/answer.tsx";
import { buttonClasses } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { OlderPages } from "../../../ui/older-pages.tsx";
import { UnreadableRows } from "../../../ui/unreadable-rows.tsx";
import { rolloutPath, useLink } from "../../frame/index.ts";
import { NothingInScope, useScope } from "../../scope/index.ts";
import { AbortUnreadable } from "./abort-unreadable.tsx";
import { RolloutItem } from "./rollout-item.tsx";

/** Every rollout: those under way, and below them those that are over. */
export function RolloutsPage() {
  const linkTo = useLink();
  const [before, setBefore] = useQueryState("before", parseAsInteger);
  const { scope, asked } = useScope();
  const rollouts = useQuery(
    useTRPC().rollouts.list.queryOptions(
      { ...asked, before: before ?? undefined },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-3 md:p-6">
      <header className="flex flex-wrap items-center gap-2">
        <h1 className="grow font-semibold text-lg">Rollouts</h1>
        <Link href={linkTo("/rollouts/new")} className={buttonClasses("primary", "normal")}>
          <Plus size={15} aria-hidden /> New rollout
        </Link>
      </header>
      <Answer query={rollouts} what="the rollouts" rows={8}>
        {(list) => (
          <>
            <UnreadableRows
              what="Rollout"
              rows={list.unreadable}
              action={({ id, subject, isOver }) => (
                <>
                  <Link
                    href={linkTo(rolloutPath(id))}
                    aria-label={`Rollout ${id} of ${subject}`}
                    className={buttonClasses("quiet", "small")}
                  >
                    Details
                  </Link>
                  {!isOver && <AbortUnreadable {...{ id, subject }} />}
                </>
              )}
            />
            {list.running.length + list.ended.length + list.unreadable.length > 0 || before !== null ? (
              <Found list={list} />
            ) : scope.length > 0 ? (
              <NothingInScope what="rollout" />
            ) : (
              <None />
            )}
            <OlderPages from={before} next={list.before} onGo={(from) => void setBefore(from)} />
          </>
        )}
      </Answer>
    </div>
  );
}

function Found({ list: { running, ended } }: { list: RolloutList }) {
  return (
    <>
      {running.length > 0 && <Rollouts title="Under way" rollouts={running} />}
      {ended.length > 0 && <Rollouts title="Over" rollouts={ended} />}
    </>
  );
}

function Rollouts({ title, rollouts }: { title: string; rollouts: readonly ShownRollout[] }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h2 className="font-medium text-muted text-xs">{title}</h2>
      <ul className="flex flex-col gap-2">
        {rollouts.map((rollout) => (
          <RolloutItem key={rollout.id} rollout={rollout} />
        ))}
      </ul>
    </section>
  );
}

function None() {
  const linkTo = useLink();
  return (
    <EmptyState title="No rollout yet" icon={<Rocket size={28} aria-hidden />}>
      <p>
        A rollout brings a new version to its requests step by step, and goes on only as far as the evidence
        lets it. It takes the version back by itself where more requests fail or are slow, and says on what
        numbers.
      </p>
      <Link href={linkTo("/rollouts/new")} className={`mt-4 ${buttonClasses("primary", "normal")}`}>
        Plan the first one
      </Link>
    </EmptyState>
  );
}
