import type { Fields } from "../http1/fields.ts";

/** A change to the fields of a message. */
export type FieldEdit =
  | { readonly op: "set"; readonly name: string; readonly value: string }
  /** Adds to the end of a list field, or starts one. */
  | { readonly op: "append"; readonly name: string; readonly value: string }
  | { readonly op: "remove"; readonly name: string };

/** What a filter may know of a request and the connection it came on. */
interface FilterFacts {
  readonly peerAddress: string;
  readonly encrypted: boolean;
  /** Whether it goes to a service of the mesh, rather than to the application or to a host outside. */
  readonly toService: boolean;
  readonly fields: Fields;
}

/** Data with pure functions: what to change, computed from what is there. List order is execution order. */
export interface Filter {
  readonly name: string;
  onRequest?(facts: FilterFacts): readonly FieldEdit[];
  onResponse?(fields: Fields): readonly FieldEdit[];
}

export function applyEdits(fields: Fields, edits: readonly FieldEdit[]): void {
  for (const edit of edits)
    switch (edit.op) {
      case "set":
        fields.set(edit.name, edit.value);
        break;
      case "append": {
        const present = fields.list(edit.name.toLowerCase());
        fields.set(edit.name, present === undefined ? edit.value : `${present}, ${edit.value}`);
        break;
      }
      case "remove":
        fields.remove(edit.name.toLowerCase());
    }
}
