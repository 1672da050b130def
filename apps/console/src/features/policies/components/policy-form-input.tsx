import { useState } from "react";
import { type FormField, readNumber } from "../view-model/form-field.ts";
import { type FieldProps, usePolicyForm } from "./policy-form-context.ts";
import { PolicyFormFindings } from "./policy-form-findings.tsx";

type Scalar = Exclude<FormField, { readonly shape: "group" | "list" | "union" }>;

const inputClasses =
  "h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2 font-mono text-[0.8125rem] aria-invalid:border-failing";

/** One value: its name, what it means, what is wrong with it, and the control in its shape. */
export function PolicyFormInput({
  schema,
  value,
  path,
  label,
  actions,
  field,
}: FieldProps & { field: Scalar }) {
  const { edit, findingsAt, idOf } = usePolicyForm();
  const id = idOf(path);
  const findings = findingsAt(path);
  const control = {
    id,
    "aria-describedby": findings.length > 0 ? `${id}-about ${id}-findings` : `${id}-about`,
    "aria-invalid": findings.some(({ severity }) => severity === "error"),
  };
  const set = (next: unknown) => edit([{ does: "set", path, value: next }]);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)_auto]">
      <label htmlFor={id} className="min-w-0 break-words font-mono font-semibold text-xs max-sm:col-span-2">
        {label}
      </label>
      <div className="flex min-w-0">
        <Control field={field} value={value} control={control} onChange={set} />
      </div>
      <div className="flex flex-wrap items-center justify-end gap-1">{actions}</div>
      <div className="col-span-full flex flex-col gap-1 sm:col-span-2 sm:col-start-2">
        <p id={`${id}-about`} className="text-muted text-xs">
          {[schema.description, rangeWords(field)].filter(Boolean).join(" ")}
        </p>
        <PolicyFormFindings path={path} />
      </div>
    </div>
  );
}

interface ControlProps {
  readonly field: Scalar;
  readonly value: unknown;
  readonly control: {
    readonly id: string;
    readonly "aria-describedby": string;
    readonly "aria-invalid": boolean;
  };
  onChange(value: unknown): void;
}

function Control({ field, value, control, onChange }: ControlProps) {
  switch (field.shape) {
    case "constant":
      return (
        <output id={control.id} className="font-mono text-[0.8125rem]">
          {String(field.value)}
        </output>
      );
    case "switch":
      return (
        <input
          {...control}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
          className="size-4 accent-(--accent)"
        />
      );
    case "choice":
      return <Choice values={field.values} value={value} control={control} onChange={onChange} />;
    case "number":
      return <NumberInput value={value} control={control} onChange={onChange} />;
    case "text":
      return (
        <input
          {...control}
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={String(value ?? "")}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputClasses} grow`}
        />
      );
  }
}

/** What is none of the values is offered as well, as it stands in the text. */
function Choice({
  values,
  value,
  control,
  onChange,
}: Omit<ControlProps, "field"> & { values: readonly unknown[] }) {
  const all = values.includes(value) ? values : [value, ...values];
  return (
    <select
      {...control}
      value={all.indexOf(value)}
      onChange={(event) => onChange(all[Number(event.target.value)])}
      className={`${inputClasses} max-w-full shrink-0`}
    >
      {all.map((one, index) => (
        <option key={String(one)} value={index}>
          {String(one)}
        </option>
      ))}
    </select>
  );
}

/** Keeps what is being typed (`1.`, `-`) as long as it says what the text says. */
function NumberInput({ value, control, onChange }: Omit<ControlProps, "field">) {
  const [typed, setTyped] = useState("");
  return (
    <input
      {...control}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      value={readNumber(typed) === value ? typed : String(value ?? "")}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(readNumber(event.target.value));
      }}
      className={`${inputClasses} w-40`}
    />
  );
}

function rangeWords(field: Scalar): string {
  if (field.shape !== "number" || field.least === undefined || field.most === undefined) return "";
  return `From ${field.least.toLocaleString("en")} to ${field.most.toLocaleString("en")}.`;
}
