"use client";

import { fieldClasses } from "../../../ui/field-classes.ts";
import { NumberField } from "../../../ui/number-field.tsx";
import { changedItem, numberOf, type QueryDraft, textOf } from "../view-model/external-checks.ts";
import type { ItemFieldsProps } from "./external-check-lists.tsx";
import { LabelledField } from "./labelled-field.tsx";

/** What is asked, of whom, and between which values all is well. */
export function QueryFields({ value, name, shown, onChange }: ItemFieldsProps<QueryDraft>) {
  const change = (members: Partial<QueryDraft>) => onChange(changedItem(value, members));
  return (
    <div className="grid grid-cols-1 items-start gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]">
      <LabelledField label="Name" findings={shown("name")}>
        {(control) => (
          <input
            {...control}
            aria-label={`Name of ${name}`}
            maxLength={80}
            autoComplete="off"
            value={textOf(value.name)}
            onChange={({ target }) => change({ name: target.value })}
            className={fieldClasses}
          />
        )}
      </LabelledField>
      <LabelledField label="URL of the server" findings={shown("url")}>
        {(control) => (
          <input
            {...control}
            type="url"
            aria-label={`URL of the server of ${name}`}
            autoComplete="off"
            placeholder="http://prometheus:9090"
            value={textOf(value.url)}
            onChange={({ target }) => change({ url: target.value })}
            className={`font-mono ${fieldClasses}`}
          />
        )}
      </LabelledField>
      <LabelledField label="Query, in PromQL" findings={shown("query")} className="sm:col-span-2">
        {(control) => (
          <textarea
            {...control}
            aria-label={`Query, in PromQL, of ${name}`}
            rows={2}
            spellCheck={false}
            placeholder={'sum(rate(orders_lost_total{version="v2"}[1m]))'}
            value={textOf(value.query)}
            onChange={({ target }) => change({ query: target.value })}
            className={`field-sizing-content min-h-14 py-1.5 font-mono text-[0.8125rem] ${fieldClasses} h-auto`}
          />
        )}
      </LabelledField>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 sm:col-span-2">
        {(["min", "max"] as const).map((bound) => (
          <LabelledField key={bound} label={boundLabels[bound]} findings={shown(bound)}>
            {(control) => (
              <NumberField
                {...control}
                label={`${boundLabels[bound]} of ${name}`}
                value={numberOf(value[bound])}
                step="any"
                usual="none"
                width="w-32"
                onChange={(next) => change({ [bound]: next })}
              />
            )}
          </LabelledField>
        ))}
        <p className="basis-60 grow sm:pt-6 text-muted text-xs">
          Each series of the answer has to lie between them; one of the two will do.
        </p>
      </div>
    </div>
  );
}

const boundLabels = { min: "Least value", max: "Greatest value" } as const;
