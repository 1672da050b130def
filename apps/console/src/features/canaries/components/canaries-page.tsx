"use client";

import { useQuery } from "@tanstack/react-query";
import { serviceIdText } from "@weir/domain/browser";
import { Split } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import type { CanaryListItem } from "../../../server/canaries/list.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { NothingInScope, useScope } from "../../scope/index.ts";
import { useWindow } from "../../time/index.ts";
import { CanaryCard } from "./canary-card.tsx";

/** Every service whose requests are split, or could be. */
export function CanariesPage() {
  const trpc = useTRPC();
  const { length } = useWindow();
  const canaries = useQuery(
    trpc.canaries.list.queryOptions({ length }, { placeholderData: (before) => before }),
  );
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4">
      <h1 className="font-semibold text-lg">Canaries</h1>
      <Answer query={canaries} what="canaries">
        {(items) => (items.length === 0 ? <NothingToSplit /> : <CanaryList items={items} />)}
      </Answer>
    </div>
  );
}

function CanaryList({ items }: { items: readonly CanaryListItem[] }) {
  const { inScope } = useScope();
  const shown = items.filter(({ service }) => inScope(serviceIdText(service)));
  if (shown.length === 0) return <NothingInScope what="service with several versions" />;
  return (
    <ul aria-label="Services with several versions" className="flex flex-col gap-3">
      {shown.map((item) => (
        <li key={`${item.service.namespace}/${item.service.service}`}>
          <CanaryCard item={item} />
        </li>
      ))}
    </ul>
  );
}

function NothingToSplit() {
  return (
    <EmptyState title="Nothing to split yet" icon={<Split size={28} aria-hidden />}>
      A canary shares the requests of one service between its versions. As soon as a sidecar registers a
      second version of a service, that service stands here.
    </EmptyState>
  );
}
