"use client";

import type { DeniedCaller } from "@weir/rollout";
import { Ban } from "lucide-react";
import Link from "next/link";
import { useLink } from "../../frame/index.ts";
import { mostOf } from "../../preview/view-model/range-words.ts";
import { callerWords } from "../view-model/caller-words.ts";
import { deniedCount, deniedWords } from "../view-model/denied-words.ts";
import { type ExampleRoute, keyOf } from "../view-model/example-traces.ts";

interface DeniedCallerProps {
  readonly caller: DeniedCaller;
  readonly examples: readonly ExampleRoute[];
}

/** A caller that would break: how much of what it asks for, by which policies, and requests to look at. */
export function DeniedCallerItem({ caller, examples }: DeniedCallerProps) {
  const linkTo = useLink();
  const { denied, requests, services } = caller;
  return (
    <li className="flex flex-col gap-1.5 border-line border-b py-3 first:pt-0 last:border-b-0 last:pb-0">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <Ban size={14} aria-hidden className="self-center text-failing" />
        <h3 className="font-semibold">{callerWords(caller)}</h3>
        <span>{deniedWords(caller)} would be denied</span>
        <span className="text-muted text-xs">{deniedCount(caller)}</span>
      </div>
      <div aria-hidden className="flex h-1.5 overflow-hidden rounded-sm bg-sunken">
        <span className="bg-failing" style={{ width: `${(denied.atLeast / requests) * 100}%` }} />
        <span
          className="bg-failing opacity-50"
          style={{ width: `${((mostOf(denied) - denied.atLeast) / requests) * 100}%` }}
        />
      </div>
      {examples.map(({ traceIds, ...route }) => (
        <p key={keyOf(route)} className="flex flex-wrap items-baseline gap-x-2 text-xs">
          <code className="break-all font-mono">
            {route.method} {route.path}
          </code>
          {services.length > 1 && <span className="text-muted">of {callerWords(route.destination)}</span>}
          {traceIds.map((traceId) => (
            <Link
              key={traceId}
              href={linkTo(`/traces/${traceId}`)}
              className="font-mono text-accent hover:underline"
            >
              <span className="sr-only">Example: trace </span>
              {traceId.slice(0, 7)}
            </Link>
          ))}
        </p>
      ))}
      <p className="flex flex-wrap gap-x-3 text-xs">
        {caller.policies.map((policy) => (
          <Link
            key={policy}
            href={linkTo(`/policies/${policy.split("/").map(encodeURIComponent).join("/")}`)}
            className="text-accent hover:underline"
          >
            Change {policy}
          </Link>
        ))}
      </p>
    </li>
  );
}
