import { formatPath } from "@weir/domain/browser";
import { Plus } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { fieldOf, isMembers } from "../view-model/form-field.ts";
import { addedValue } from "../view-model/initial-value.ts";
import type { Path, PolicySchema } from "../view-model/policy-schema.ts";
import { usePolicyForm } from "./policy-form-context.ts";
import { PolicyFormFindings } from "./policy-form-findings.tsx";
import { PolicyFormRemove } from "./policy-form-remove.tsx";

interface MembersProps {
  readonly schema: PolicySchema;
  readonly value: unknown;
  readonly path: Path;
}

/** The members of an object: those that are there as fields, and a button for each that could be. */
export function PolicyFormMembers({ schema, value, path }: MembersProps) {
  const { Field, edit, idOf } = usePolicyForm();
  const field = fieldOf(schema);
  const members = field.shape === "group" ? field.members : [];
  const there = isMembers(value) ? value : {};
  const absent = members.filter(({ key }) => there[key] === undefined);
  const addId = (key: string) => `${idOf([...path, key])}-add`;
  return (
    <div className="flex flex-col gap-3">
      {members
        .filter(({ key }) => there[key] !== undefined)
        .map(({ key, schema: member, required }) => (
          <Field
            key={key}
            schema={member}
            value={there[key]}
            path={[...path, key]}
            label={key}
            actions={!required && <PolicyFormRemove path={[...path, key]} focusAfter={addId(key)} />}
          />
        ))}
      {absent.map(({ key }) => (
        <PolicyFormFindings key={key} path={[...path, key]} />
      ))}
      {absent.length > 0 && (
        <ul aria-label={`To add to ${formatPath(path) || "the policy"}`} className="flex flex-wrap gap-1">
          {absent.map(({ key, schema: member, required }) => (
            <li key={key}>
              <Button
                id={addId(key)}
                size="small"
                look={required ? "secondary" : "quiet"}
                aria-label={`Add ${formatPath([...path, key])}${required ? " (required)" : ""}`}
                title={member.description}
                onClick={() =>
                  edit(
                    [{ does: "set", path: [...path, key], value: addedValue(member) }],
                    idOf([...path, key]),
                  )
                }
              >
                <Plus size={12} aria-hidden /> <span className="font-mono">{key}</span>
                {required && " (required)"}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
