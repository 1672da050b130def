"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { alone } from "../../../client/make-clients.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { FoundTrace } from "../../../server/traces/by-id.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { BackLink } from "../../frame/back-link.tsx";
import { useTraceLayout } from "../hooks/use-trace-layout.ts";
import { ComparedTable } from "./compared-table.tsx";
import { LikeTraces } from "./like-traces.tsx";
import { TraceIdField } from "./trace-id-field.tsx";

/** Two traces laid over each other by service and operation: `?a=&b=`, trace ids. */
export function ComparePage() {
  const [{ a, b }, setIds] = useQueryStates({ a: parseAsString, b: parseAsString });
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <BackLink to="/traces">Traces</BackLink>
        <h1 className="font-semibold text-lg">Compare two traces</h1>
      </div>
      <form
        aria-label="Traces to compare"
        onSubmit={(event) => event.preventDefault()}
        className="flex flex-wrap items-end gap-3 rounded-md border border-line bg-surface p-3"
      >
        <TraceIdField name="A" id={a} onChange={(next) => void setIds({ a: next })} />
        <Button look="quiet" aria-label="Change places" onClick={() => void setIds({ a: b, b: a })}>
          <ArrowLeftRight size={15} aria-hidden />
        </Button>
        <TraceIdField name="B" id={b} onChange={(next) => void setIds({ b: next })} />
      </form>
      <Compared a={a} b={b} />
    </div>
  );
}

function Compared({ a, b }: { a: string | null; b: string | null }) {
  const trpc = useTRPC();
  const of = (id: string | null) =>
    trpc.traces.byId.queryOptions({ traceId: id ?? "" }, { trpc: alone, enabled: id !== null });
  const first = useQuery(of(a));
  const second = useQuery(of(b));
  if (a === null) return <p className="text-muted">Give the id of a trace, 32 hexadecimal digits, as A.</p>;
  return (
    <Answer query={first} what="trace A" rows={8}>
      {(one) => {
        if (!one.found) return <NotHere name="A" id={a} />;
        if (b === null) return <LikeTraces trace={one} />;
        return (
          <Answer query={second} what="trace B" rows={8}>
            {(other) => (other.found ? <Both a={one} b={other} /> : <NotHere name="B" id={b} />)}
          </Answer>
        );
      }}
    </Answer>
  );
}

function Both({ a, b }: { a: FoundTrace; b: FoundTrace }) {
  const first = useTraceLayout(a);
  const second = useTraceLayout(b);
  if (!first || !second) return <SkeletonRows rows={8} what="both traces" />;
  return <ComparedTable a={first} b={second} />;
}

function NotHere({ name, id }: { name: string; id: string }) {
  return (
    <p role="status" className="rounded-md bg-degraded-soft p-3 text-degraded">
      Trace {name} is not here: <code className="break-all font-mono">{id}</code>. It may not have been
      sampled, be older than what is kept, or be mistyped (32 hexadecimal digits).
    </p>
  );
}
