"use client";

import { fieldClasses } from "../../../ui/field-classes.ts";
import { NumberField } from "../../../ui/number-field.tsx";
import { changedItem, numberOf, type QueryDraft, textOf } from "../view-model/external-checks.ts";
import type { ItemFieldsProps } from "./external-check-lists.tsx";
import { LabelledField } from "./labelled-field.tsx";
import { NameAndAddress } from "./name-and-address.tsx";

/** What is asked, of whom, and between which values all is well. */
export function QueryFields({ value, name, shown, onChange }: ItemFieldsProps<QueryDraft>) {
  const change = (members: Partial<QueryDraft>) => onChange(changedItem(value, members));
  return (
    <div className="grid grid-cols-1 items-start gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]">
      <NameAndAddress
        {...{ value, name, shown }}
        address="URL of the server"
        placeholder="http://prometheus:9090"
        onChange={change}
      />
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
