import { formatPath } from "@weir/domain/browser";
import { ArrowDown, ArrowUp, Plus } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { initialValue } from "../view-model/initial-value.ts";
import type { Path, PolicySchema } from "../view-model/policy-schema.ts";
import { usePolicyForm } from "./policy-form-context.ts";
import { PolicyFormRemove } from "./policy-form-remove.tsx";

interface ListProps {
  readonly item: PolicySchema;
  readonly items: readonly unknown[];
  readonly path: Path;
  readonly label: string;
}

/** Items in order: each can be moved and removed, and one more be added at the end. */
export function PolicyFormList({ item, items, path, label }: ListProps) {
  const { Field, edit, idOf } = usePolicyForm();
  const addId = `${idOf(path)}-add`;
  const next = [...path, items.length];
  return (
    <>
      {items.map((value, index) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: an item of a text is told from others by its place alone
          key={index}
          schema={item}
          value={value}
          path={[...path, index]}
          label={`${label}[${index}]`}
          actions={
            <span className="flex shrink-0">
              <Move path={path} index={index} by={-1} possible={index > 0} />
              <Move path={path} index={index} by={1} possible={index < items.length - 1} />
              <PolicyFormRemove path={[...path, index]} focusAfter={addId} />
            </span>
          }
        />
      ))}
      <Button
        id={addId}
        size="small"
        className="self-start"
        aria-label={`Add ${formatPath(next)}`}
        onClick={() =>
          edit([{ does: "set", path: next, value: initialValue(item, items.length) }], idOf(next))
        }
      >
        <Plus size={12} aria-hidden /> <span className="font-mono">{`${label}[${items.length}]`}</span>
      </Button>
    </>
  );
}

interface MoveProps {
  readonly path: Path;
  readonly index: number;
  readonly by: 1 | -1;
  readonly possible: boolean;
}

/** The focus goes with the item. Where there is no place to go the button stays, so that the focus is not lost. */
function Move({ path, index, by, possible }: MoveProps) {
  const { edit, idOf } = usePolicyForm();
  const idAt = (place: number) => `${idOf([...path, place])}-${by < 0 ? "up" : "down"}`;
  const Icon = by < 0 ? ArrowUp : ArrowDown;
  return (
    <Button
      id={idAt(index)}
      look="quiet"
      size="small"
      aria-label={`Move ${formatPath([...path, index])} ${by < 0 ? "up" : "down"}`}
      aria-disabled={!possible}
      className="aria-disabled:opacity-50"
      onClick={() => possible && edit([{ does: "move", path: [...path, index], by }], idAt(index + by))}
    >
      <Icon size={13} aria-hidden />
    </Button>
  );
}
