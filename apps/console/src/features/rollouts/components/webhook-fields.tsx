"use client";

import { Button } from "../../../ui/button.tsx";
import { fieldClasses } from "../../../ui/field-classes.ts";
import { NumberField } from "../../../ui/number-field.tsx";
import { Select } from "../../../ui/select.tsx";
import {
  changedItem,
  isTold,
  numberOf,
  textOf,
  type WebhookDraft,
  webhookSecret,
  whenOf,
  whenWords,
} from "../view-model/external-checks.ts";
import type { ItemFieldsProps } from "./external-check-lists.tsx";
import { LabelledField } from "./labelled-field.tsx";
import { NameAndAddress } from "./name-and-address.tsx";

const moments = Object.keys(whenWords) as WebhookDraft["when"][];

/** Who is asked or told, when, and how long is waited. */
export function WebhookFields({ value, name, shown, onChange }: ItemFieldsProps<WebhookDraft>) {
  const change = (members: Partial<WebhookDraft>) => onChange(changedItem(value, members));
  const when = whenOf(value);
  return (
    <div className="grid grid-cols-1 items-start gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]">
      <NameAndAddress
        {...{ value, name, shown }}
        address="URL"
        placeholder="https://gate.example/rollouts"
        onChange={change}
      />
      <LabelledField label="When" hint={when && sentence(whenWords[when])} findings={shown("when")}>
        {(control) => (
          <Select
            {...control}
            label={`When of ${name}`}
            value={when}
            placeholder={textOf(value.when) || "choose"}
            options={moments.map((moment) => ({ value: moment, label: moment }))}
            onChange={(next) => change({ when: next })}
          />
        )}
      </LabelledField>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <LabelledField label="Timeout in ms" findings={shown("timeoutMs")}>
          {(control) => (
            <NumberField
              {...control}
              label={`Timeout in ms of ${name}`}
              value={numberOf(value.timeoutMs)}
              min={100}
              max={60_000}
              usual="5000"
              width="w-24"
              onChange={(timeoutMs) => change({ timeoutMs })}
            />
          )}
        </LabelledField>
        {(!isTold(when) || value.retries !== undefined) && (
          <LabelledField label="Retries" findings={shown("retries")}>
            {(control) => (
              <NumberField
                {...control}
                label={`Retries of ${name}`}
                value={numberOf(value.retries)}
                min={0}
                max={10}
                usual="2"
                width="w-16"
                onChange={(retries) => change({ retries })}
              />
            )}
          </LabelledField>
        )}
        <div className="flex min-w-0 grow basis-60 flex-wrap items-start gap-2">
          <LabelledField
            label="Secret"
            hint="Signs its requests. Whoever may read the plan reads it: make one for it alone."
            findings={shown("secret")}
            className="grow basis-44"
          >
            {(control) => (
              <input
                {...control}
                aria-label={`Secret of ${name}`}
                autoComplete="off"
                spellCheck={false}
                placeholder="none: they are not signed"
                value={textOf(value.secret)}
                onChange={({ target }) => change({ secret: target.value || undefined })}
                className={`font-mono text-[0.8125rem] ${fieldClasses}`}
              />
            )}
          </LabelledField>
          <Button
            className="sm:mt-5"
            aria-label={`Make a secret for ${name}`}
            onClick={() => change({ secret: webhookSecret(crypto.getRandomValues(new Uint8Array(32))) })}
          >
            Make a secret
          </Button>
        </div>
      </div>
    </div>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
