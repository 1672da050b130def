import { canShow, fieldOf } from "../view-model/form-field.ts";
import type { FieldProps } from "./policy-form-context.ts";
import { PolicyFormGroup } from "./policy-form-group.tsx";
import { PolicyFormInput } from "./policy-form-input.tsx";
import { PolicyFormList } from "./policy-form-list.tsx";
import { PolicyFormMembers } from "./policy-form-members.tsx";
import { PolicyFormMisfit } from "./policy-form-misfit.tsx";
import { PolicyFormUnion } from "./policy-form-union.tsx";

/** One place of a policy, in the shape that its schema asks for. */
export function PolicyFormField(props: FieldProps) {
  const { schema, value, path } = props;
  const field = fieldOf(schema);
  if (!canShow(field, value)) return <PolicyFormMisfit {...props} />;
  switch (field.shape) {
    case "group":
      return (
        <PolicyFormGroup {...props}>
          <PolicyFormMembers schema={schema} value={value} path={path} />
        </PolicyFormGroup>
      );
    case "list":
      return (
        <PolicyFormGroup {...props}>
          <PolicyFormList
            item={field.item}
            items={value as readonly unknown[]}
            path={path}
            label={props.label}
          />
        </PolicyFormGroup>
      );
    case "union":
      return <PolicyFormUnion {...props} />;
    default:
      return <PolicyFormInput {...props} field={field} />;
  }
}
