"use client";

import { fieldClasses } from "../../../ui/field-classes.ts";
import { textOf } from "../view-model/external-checks.ts";
import type { ItemFieldsProps } from "./external-check-lists.tsx";
import { LabelledField } from "./labelled-field.tsx";

interface NameAndAddressProps extends Pick<ItemFieldsProps<unknown>, "name" | "shown"> {
  readonly value: { readonly name?: unknown; readonly url?: unknown };
  /** What the address is one of, as its label. */
  readonly address: string;
  readonly placeholder: string;
  onChange(members: { name: string } | { url: string }): void;
}

/** What every check by others has: how it is called, and where it is asked. */
export function NameAndAddress({ value, name, shown, address, placeholder, onChange }: NameAndAddressProps) {
  return (
    <>
      <LabelledField label="Name" findings={shown("name")}>
        {(control) => (
          <input
            {...control}
            aria-label={`Name of ${name}`}
            maxLength={80}
            autoComplete="off"
            value={textOf(value.name)}
            onChange={({ target }) => onChange({ name: target.value })}
            className={fieldClasses}
          />
        )}
      </LabelledField>
      <LabelledField label={address} findings={shown("url")}>
        {(control) => (
          <input
            {...control}
            type="url"
            aria-label={`${address} of ${name}`}
            autoComplete="off"
            placeholder={placeholder}
            value={textOf(value.url)}
            onChange={({ target }) => onChange({ url: target.value })}
            className={`font-mono ${fieldClasses}`}
          />
        )}
      </LabelledField>
    </>
  );
}
