"use client";

import { ScrollText, Waypoints } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { ObservedEffect } from "../../../server/preview/observed-schemas.ts";
import { Answer } from "../../../ui/answer.tsx";
import { buttonClasses } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Segments } from "../../../ui/segments.tsx";
import { BackLink } from "../../frame/back-link.tsx";
import { useLink } from "../../frame/index.ts";
import { useScope } from "../../scope/index.ts";
import { useWindow, useWindowWords } from "../../time/index.ts";
import { useObservedEffect } from "../hooks/use-observed-effect.ts";
import { boundNotes, togetherNote } from "../view-model/bound-notes.ts";
import { judgedRequests, totals } from "../view-model/outlook-rows.ts";
import { mostOf, rangeWords } from "../view-model/range-words.ts";
import { EdgeOutlookTable } from "./edge-outlook-table.tsx";
import { EffectGlyph } from "./effect-glyph.tsx";
import { PolicyOutlookTable } from "./policy-outlook-table.tsx";
import { RouteOutlook } from "./route-outlook.tsx";

const views = ["policies", "callers", "routes"] as const;

/** What would have become of the window's requests, had every policy been enforced: by policy, by caller, by route. */
export function PreviewPage() {
  const { length } = useWindow();
  const linkTo = useLink();
  const effect = useObservedEffect({ scope: "mesh" });
  return (
    <div className="mx-auto flex max-w-384 flex-col gap-4 p-3 md:p-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <BackLink to="/policies">Policies</BackLink>
        <h1 className="grow font-semibold text-lg">
          If every policy were enforced{" "}
          <span className="font-normal text-muted text-sm">{useWindowWords(length)}</span>
        </h1>
        <Link href={linkTo("/?label=enforced")} className={buttonClasses("secondary", "normal")}>
          <Waypoints size={15} aria-hidden /> On the map
        </Link>
      </header>
      <Answer query={effect} what="the preview" rows={8}>
        {(all) => (all.policies.length === 0 ? <None /> : <Found all={all} />)}
      </Answer>
    </div>
  );
}

function Found({ all }: { all: ObservedEffect }) {
  const { inScope } = useScope();
  const [{ by, of }, set] = useQueryStates({
    by: parseAsStringLiteral(views).withDefault("policies"),
    of: parseAsString.withDefault(""),
  });
  const policies = all.policies.filter(({ namespace, targetRef }) => inScope(`${namespace}/${targetRef}`));
  const edges = all.edges.filter(({ destination: { namespace, service } }) =>
    inScope(`${namespace}/${service}`),
  );
  const effects = new Set(edges.flatMap((edge) => edge.effects.map(({ effect }) => effect)));
  const younger = policies.filter(({ changedAtMs }) => changedAtMs > all.window.fromMs).length;
  return (
    <>
      <Summary edges={edges} policies={policies} />
      <Panel flush>
        <search className="flex flex-wrap items-center gap-3 border-line border-b px-4 py-2">
          <Segments
            label="By"
            value={by}
            onChange={(next) => void set({ by: next })}
            options={[
              { value: "policies", label: "Policies" },
              { value: "callers", label: "Callers" },
              { value: "routes", label: "Routes" },
            ]}
          />
          <input
            type="search"
            aria-label="Rows with"
            placeholder="Policy, caller, service or effect"
            value={of}
            onChange={(event) => void set({ of: event.target.value })}
            className="h-8 w-64 max-w-full rounded-md border border-line-strong bg-surface px-2"
          />
        </search>
        {by === "policies" && <PolicyOutlookTable policies={policies} wanted={of} />}
        {by === "callers" && <EdgeOutlookTable edges={edges} wanted={of} />}
        {by === "routes" && <RouteOutlook wanted={of} />}
      </Panel>
      <ul aria-label="What these counts rest on" className="flex flex-col gap-0.5 text-muted text-xs">
        {[...boundNotes(effects), togetherNote, ...youngerNote(younger)].map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

function youngerNote(policies: number): string[] {
  if (policies === 0) return [];
  return [`${plural(policies, "policy", "policies")} changed within the window, and counts since then only.`];
}

function Summary({ edges, policies }: Pick<ObservedEffect, "edges" | "policies">) {
  const { refused, touched, callers } = totals({ edges });
  if (edges.length === 0)
    return (
      <p role="status" className="text-muted">
        No observed policy would have changed a request in this window.
      </p>
    );
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span>
        Of {plural(judgedRequests({ edges, policies }), "request")} that these policies judged while they
        observed
      </span>
      <span className="flex items-baseline gap-1.5">
        <EffectGlyph group="refused" />
        <span>
          <strong className="whitespace-nowrap font-semibold">{rangeWords(refused)}</strong> would be refused
          {mostOf(refused) > 0 && ` (${plural(callers, "caller")})`}
        </span>
      </span>
      {mostOf(touched) > mostOf(refused) && (
        <span className="flex items-baseline gap-1.5">
          <EffectGlyph group="changed" />
          <span>
            <strong className="whitespace-nowrap font-semibold">{rangeWords(touched)}</strong> would be
            changed in some way, these included
          </span>
        </span>
      )}
    </p>
  );
}

function None() {
  const linkTo = useLink();
  return (
    <EmptyState title="No policy yet" icon={<ScrollText size={28} aria-hidden />}>
      <p>
        <Link href={linkTo("/policies/new")} className="text-accent hover:underline">
          Write one
        </Link>
        : it begins in observe, and this page then tells what enforcing it would do.
      </p>
    </EmptyState>
  );
}
