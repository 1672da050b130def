"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { serviceIdText } from "@weir/domain/browser";
import { Plus, Rocket } from "lucide-react";
import Link from "next/link";
import { parseAsInteger, useQueryState } from "nuqs";
import { useTRPC } from "../../../client/trpc.ts";
import type { RolloutList } from "../../../server/rollouts/list.ts";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Button, buttonClasses } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { useLink } from "../../frame/index.ts";
import { NothingInScope, useScope } from "../../scope/index.ts";
import { RolloutItem } from "./rollout-item.tsx";

/** Every rollout: those under way, and below them those that are over. */
export function RolloutsPage() {
  const linkTo = useLink();
  const [before, setBefore] = useQueryState("before", parseAsInteger);
  const rollouts = useQuery(
    useTRPC().rollouts.list.queryOptions(
      { before: before ?? undefined },
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
        {(list) =>
          list.running.length + list.ended.length === 0 && before === null ? (
            <None />
          ) : (
            <Found list={list} onOlder={(id) => void setBefore(id)} />
          )
        }
      </Answer>
      {before !== null && (
        <Button className="self-start" onClick={() => void setBefore(null)}>
          Back to the newest
        </Button>
      )}
    </div>
  );
}

function Found({ list, onOlder }: { list: RolloutList; onOlder(id: number): void }) {
  const { inScope } = useScope();
  const shown = (rollouts: readonly ShownRollout[]) =>
    rollouts.filter(({ plan }) =>
      inScope(serviceIdText({ namespace: plan.namespace, service: plan.targetRef })),
    );
  const [running, ended] = [shown(list.running), shown(list.ended)];
  const { before } = list;
  if (running.length + ended.length === 0) return <NothingInScope what="rollout" />;
  return (
    <>
      {running.length > 0 && <Rollouts title="Under way" rollouts={running} />}
      {ended.length > 0 && <Rollouts title="Over" rollouts={ended} />}
      {before !== undefined && (
        <Button className="self-start" onClick={() => onOlder(before)}>
          Older ones
        </Button>
      )}
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
