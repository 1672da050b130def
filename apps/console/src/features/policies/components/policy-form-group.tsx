import type { ReactNode } from "react";
import { type FieldProps, usePolicyForm } from "./policy-form-context.ts";
import { PolicyFormFindings } from "./policy-form-findings.tsx";

/** Several fields that stand for one member or item. */
export function PolicyFormGroup({
  schema,
  path,
  label,
  actions,
  children,
}: FieldProps & { children: ReactNode }) {
  const id = usePolicyForm().idOf(path);
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      aria-describedby={`${id}-about ${id}-findings`}
      className="min-w-0 border-line-strong border-l-2 pl-3"
    >
      <legend className="float-left font-mono font-semibold text-xs leading-7">{label}</legend>
      <div className="flex min-h-7 flex-wrap items-center justify-end gap-1">{actions}</div>
      <div className="flex flex-col gap-3">
        {schema.description && (
          <p id={`${id}-about`} className="text-muted text-xs">
            {schema.description}
          </p>
        )}
        <PolicyFormFindings path={path} />
        {children}
      </div>
    </fieldset>
  );
}
