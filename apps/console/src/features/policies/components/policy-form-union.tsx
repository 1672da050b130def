import { Segments } from "../../../ui/segments.tsx";
import { Select } from "../../../ui/select.tsx";
import { isMembers } from "../view-model/form-field.ts";
import { alternativesOf, chosenOf, switchEdits } from "../view-model/form-union.ts";
import { type FieldProps, usePolicyForm } from "./policy-form-context.ts";
import { PolicyFormGroup } from "./policy-form-group.tsx";
import { PolicyFormMembers } from "./policy-form-members.tsx";

/** One of several shapes: the choice, and the fields of the one that was chosen. */
export function PolicyFormUnion(props: FieldProps) {
  const { schema, value, path, label, actions } = props;
  const { Field, edit } = usePolicyForm();
  const alternatives = alternativesOf(schema);
  const chosen = chosenOf(alternatives, value);
  const choose = (next: string) => {
    const to = alternatives.find((alternative) => alternative.label === next);
    if (to && to !== chosen) edit(switchEdits(path, chosen, to, value));
  };
  const options = alternatives.map((alternative) => ({ value: alternative.label, label: alternative.label }));
  const choice =
    options.length > 4 ? (
      <Select
        label={`Which ${label}`}
        placeholder="Choose one"
        value={chosen?.label}
        options={options}
        onChange={choose}
        className="w-48"
      />
    ) : (
      <Segments label={`Which ${label}`} value={chosen?.label ?? ""} options={options} onChange={choose} />
    );
  if (chosen && !isMembers(value)) {
    const both = (
      <>
        {choice}
        {actions}
      </>
    );
    return <Field schema={chosen.schema} value={value} path={path} label={label} actions={both} />;
  }
  return (
    <PolicyFormGroup {...props}>
      <div>{choice}</div>
      {chosen && <PolicyFormMembers schema={chosen.schema} value={value} path={path} />}
    </PolicyFormGroup>
  );
}
