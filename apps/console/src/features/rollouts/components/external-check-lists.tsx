"use client";

import type { Finding } from "@weir/domain";
import type { ReactNode } from "react";
import type { QueryDraft, WebhookDraft } from "../view-model/external-checks.ts";
import { ExternalCheckItem, type ShownFindings } from "./external-check-item.tsx";
import { QueryFields } from "./query-fields.tsx";
import { WebhookFields } from "./webhook-fields.tsx";

interface ListProps<T> {
  readonly items: readonly T[];
  /** Index of the one that has just been added. */
  readonly added: number | undefined;
  readonly findings: readonly Finding[];
  onChange(items: readonly T[]): void;
  onRemoved(): void;
}

const queryMembers = ["name", "url", "query", "min", "max"];
const webhookMembers = ["name", "url", "when", "timeoutMs", "retries", "secret"];

export function QueryList(props: ListProps<QueryDraft>) {
  return (
    <Items {...props} of="query" path="checks.queries" members={queryMembers}>
      {(given) => <QueryFields {...given} />}
    </Items>
  );
}

export function WebhookList(props: ListProps<WebhookDraft>) {
  return (
    <Items {...props} of="webhook" path="checks.webhooks" members={webhookMembers}>
      {(given) => <WebhookFields {...given} />}
    </Items>
  );
}

/** Of one item: what its fields are given. */
export interface ItemFieldsProps<T> {
  readonly value: T;
  /** Such as "query 1", told with each field. */
  readonly name: string;
  readonly shown: ShownFindings;
  onChange(value: T): void;
}

interface ItemsProps<T> extends ListProps<T> {
  readonly of: string;
  /** Of the list in the plan. */
  readonly path: string;
  readonly members: readonly string[];
  children(fields: ItemFieldsProps<T>): ReactNode;
}

function Items<T>(props: ItemsProps<T>) {
  const { items, of, path, members, added, findings, onChange, onRemoved, children } = props;
  return (
    <ol className="flex flex-col gap-3">
      {items.map((value, at) => {
        const name = `${of} ${at + 1}`;
        return (
          <ExternalCheckItem
            // biome-ignore lint/suspicious/noArrayIndexKey: its name is being typed, so only its place tells it from others
            key={at}
            {...{ name, members, findings }}
            path={`${path}[${at}]`}
            isNew={at === added}
            onRemove={() => {
              onChange(items.filter((_, index) => index !== at));
              onRemoved();
            }}
          >
            {(shown) =>
              children({
                ...{ value, name, shown },
                onChange: (next) => onChange(items.map((one, index) => (index === at ? next : one))),
              })
            }
          </ExternalCheckItem>
        );
      })}
    </ol>
  );
}
