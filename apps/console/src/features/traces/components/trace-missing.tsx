"use client";

import { SearchX } from "lucide-react";
import Link from "next/link";
import { Button, buttonClasses } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { useLink } from "../../frame/index.ts";
import { CopyText } from "./copy-text.tsx";

interface MissingProps {
  readonly traceId: string;
  readonly retrying: boolean;
  retry(): void;
}

/** No span of this trace is here; why that may be, and what happens next. */
export function TraceMissing({ traceId, retrying, retry }: MissingProps) {
  const link = useLink();
  return (
    <>
      <h1 className="sr-only">Trace {traceId}</h1>
      <EmptyState title="This trace is not here" icon={<SearchX size={28} aria-hidden />}>
        <p className="mb-3">
          <CopyText text={traceId} what="trace id" />
        </p>
        <ul className="mb-4 list-disc pl-5 text-left">
          <li>Its spans may still be on their way: sidecars send them every few seconds.</li>
          <li>
            It may not have been sampled. Only a share of requests is recorded span by span; all of them are
            counted on the map.
          </li>
          <li>It may be older than what is kept, or its id may be mistyped: 32 hexadecimal digits.</li>
        </ul>
        <p role="status" className="mb-4">
          {retrying ? "Looking again every 3 seconds." : "Paused: not looking again by itself."}
        </p>
        <span className="flex justify-center gap-2">
          <Button onClick={retry}>Look again now</Button>
          <Link href={link("/traces")} className={buttonClasses("secondary", "normal")}>
            Search traces
          </Link>
        </span>
      </EmptyState>
    </>
  );
}
