"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { FlaskConical, Plus, ScrollText, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useTRPC } from "../../../client/trpc.ts";
import type { PolicyListItem } from "../../../server/policies/list.ts";
import { Answer } from "../../../ui/answer.tsx";
import { buttonClasses } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCount } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { useLink } from "../../frame/index.ts";
import { NothingInScope, useScope } from "../../scope/index.ts";
import { useWindow, useWindowWords } from "../../time/index.ts";
import { ExportPolicies } from "./export-policies.tsx";
import { ImportPolicies } from "./import-policies.tsx";
import { PoliciesTable } from "./policies-table.tsx";

/** Every policy: what it is about, whether it acts, and what it decided. */
export function PoliciesPage() {
  const { length } = useWindow();
  const linkTo = useLink();
  const policies = useQuery(
    useTRPC().policies.list.queryOptions({ window: length }, { placeholderData: keepPreviousData }),
  );
  return (
    <div className="mx-auto flex max-w-384 flex-col gap-4 p-3 md:p-6">
      <header className="flex flex-wrap items-center gap-2">
        <h1 className="grow font-semibold text-lg max-sm:-order-2">
          Policies <span className="font-normal text-muted text-sm">{useWindowWords(length)}</span>
        </h1>
        {policies.data && policies.data.length > 0 && (
          <Link href={linkTo("/preview")} className={buttonClasses("secondary", "normal")}>
            <FlaskConical size={15} aria-hidden /> If all were enforced
          </Link>
        )}
        <Link href={linkTo("/enforcements")} className={buttonClasses("secondary", "normal")}>
          <ShieldCheck size={15} aria-hidden /> Enforcements
        </Link>
        <ImportPolicies />
        {policies.data && policies.data.length > 0 && <ExportPolicies />}
        <Link
          href={linkTo("/policies/new")}
          className={buttonClasses("primary", "normal", "max-sm:-order-1")}
        >
          <Plus size={15} aria-hidden /> New policy
        </Link>
      </header>
      <Panel flush>
        <Answer query={policies} what="the policies" rows={6}>
          {(all) => (all.length === 0 ? <None /> : <Found all={all} />)}
        </Answer>
      </Panel>
    </div>
  );
}

/** Those of the scope that have the text of the field in their name, kind or service. */
function Found({ all }: { all: readonly PolicyListItem[] }) {
  const { inScope } = useScope();
  const [text, setText] = useQueryState("of", parseAsString.withDefault(""));
  const wanted = text.trim().toLowerCase();
  const rows = all.filter(
    ({ namespace, name, kind, targetRef }) =>
      inScope(`${namespace}/${targetRef}`) &&
      `${namespace}/${name} ${kind} ${targetRef}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <search className="flex flex-wrap items-center gap-3 border-line border-b px-4 py-2">
        <input
          type="search"
          aria-label="Policies with"
          placeholder="Name, kind or service"
          value={text}
          onChange={(event) => void setText(event.target.value)}
          className="h-8 w-64 max-w-full rounded-md border border-line-strong bg-surface px-2"
        />
        <p role="status" className="text-faint text-xs">
          {rows.length < all.length ? `${formatCount(rows.length)} of ${formatCount(all.length)} shown` : ""}
        </p>
      </search>
      {rows.length > 0 ? (
        <PoliciesTable rows={rows} />
      ) : wanted === "" ? (
        <NothingInScope what="policy" />
      ) : (
        <EmptyState title="No policy matches">Try a shorter part of its name.</EmptyState>
      )}
    </>
  );
}

function None() {
  return (
    <EmptyState title="No policy yet" icon={<ScrollText size={28} aria-hidden />}>
      A policy begins in observe: sidecars count what it would do to real requests, and nothing changes until
      it is set to enforce. Begin with a new one, or import a file.
    </EmptyState>
  );
}
