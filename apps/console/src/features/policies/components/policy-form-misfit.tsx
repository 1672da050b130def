import { formatPath } from "@weir/domain/browser";
import { Button } from "../../../ui/button.tsx";
import { initialValue } from "../view-model/initial-value.ts";
import { type FieldProps, usePolicyForm } from "./policy-form-context.ts";
import { PolicyFormGroup } from "./policy-form-group.tsx";

/** Something stands there that is not of the shape asked for; the form can only begin it anew. */
export function PolicyFormMisfit(props: FieldProps) {
  const { schema, value, path } = props;
  const { edit, idOf } = usePolicyForm();
  return (
    <PolicyFormGroup {...props}>
      <div className="flex flex-wrap items-center gap-2 text-xs">
        <code className="max-w-full truncate font-mono">{JSON.stringify(value)}</code>
        <span className="text-muted">does not belong here.</span>
        <Button
          size="small"
          aria-label={`Begin anew: ${formatPath(path)}`}
          onClick={() => edit([{ does: "set", path, value: initialValue(schema) }], idOf(path))}
        >
          Begin anew
        </Button>
      </div>
    </PolicyFormGroup>
  );
}
