"use client";

import type { Finding } from "@weir/domain";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import {
  changedItem,
  externalChecks,
  listOrNone,
  newQuery,
  newWebhook,
} from "../view-model/external-checks.ts";
import type { ChecksDraft } from "../view-model/plan-draft.ts";
import { PlanFindings } from "./plan-findings.tsx";

// Few plans ask others, so the page does without these fields until one does.
const loading = () => <SkeletonRows rows={3} what="the fields" />;
const QueryList = dynamic(() => import("./external-check-lists.tsx").then((part) => part.QueryList), {
  ssr: false,
  loading,
});
const WebhookList = dynamic(() => import("./external-check-lists.tsx").then((part) => part.WebhookList), {
  ssr: false,
  loading,
});

interface ExternalChecksPanelProps {
  readonly checks: ChecksDraft;
  onChange(checks: ChecksDraft): void;
  readonly findings: readonly Finding[];
}

/** What others know of how it goes: queries that Prometheus answers, and programs that are asked or told. */
export function ExternalChecksPanel({ checks, onChange, findings }: ExternalChecksPanelProps) {
  const lists = externalChecks(checks);
  const { queries, webhooks } = lists;
  const [added, setAdded] = useState<{ readonly queries?: number; readonly webhooks?: number }>({});
  const addQuery = useRef<HTMLButtonElement>(null);
  const addWebhook = useRef<HTMLButtonElement>(null);
  const change = (members: Partial<ChecksDraft>) => onChange(changedItem(checks, members));
  return (
    <Panel title="Checks by others" flush>
      <div className="flex flex-col divide-y divide-line">
        <Part
          title="Prometheus queries"
          explains="Asked again and again while the canary has requests: a value outside its bounds takes back, no answer holds."
          add="Query"
          addRef={addQuery}
          onAdd={() => {
            setAdded({ queries: queries.length });
            change({ queries: [...queries, newQuery(lists)] });
          }}
        >
          {queries.length > 0 && (
            <QueryList
              items={queries}
              added={added.queries}
              findings={findings}
              onChange={(next) => change({ queries: listOrNone(next) })}
              onRemoved={() => leave(addQuery)}
            />
          )}
        </Part>
        <Part
          title="Webhooks"
          explains="Programs that are asked whether it may go on, or told what became of it."
          add="Webhook"
          addRef={addWebhook}
          onAdd={() => {
            setAdded({ webhooks: webhooks.length });
            change({ webhooks: [...webhooks, newWebhook(lists)] });
          }}
        >
          {webhooks.length > 0 && (
            <WebhookList
              items={webhooks}
              added={added.webhooks}
              findings={findings}
              onChange={(next) => change({ webhooks: listOrNone(next) })}
              onRemoved={() => leave(addWebhook)}
            />
          )}
        </Part>
        <div className="px-4 py-3 empty:hidden">
          <PlanFindings
            findings={findings.filter(
              ({ code, path }) =>
                code === "name-twice" || path === "checks.queries" || path === "checks.webhooks",
            )}
            at={["checks"]}
          />
        </div>
      </div>
    </Panel>
  );

  /** The button that was pressed is gone: the keyboard goes on at the one that adds. */
  function leave(to: RefObject<HTMLButtonElement | null>): void {
    setAdded({});
    to.current?.focus();
  }
}

interface PartProps {
  readonly title: string;
  readonly explains: string;
  readonly add: string;
  readonly addRef: RefObject<HTMLButtonElement | null>;
  onAdd(): void;
  readonly children: ReactNode;
}

function Part({ title, explains, add, addRef, onAdd, children }: PartProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 grow basis-60">
          <h3 className="font-medium">{title}</h3>
          <p className="text-muted text-xs">{explains}</p>
        </div>
        <Button ref={addRef} size="small" onClick={onAdd}>
          <Plus size={12} aria-hidden /> {add}
        </Button>
      </div>
      {children}
    </section>
  );
}
