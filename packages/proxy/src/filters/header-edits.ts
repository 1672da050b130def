import type { HeaderEdits } from "@weir/domain/request-path";
import type { Fields } from "../http1/fields.ts";

/** Edits a policy's fields: first what is removed, then what is set, then what is added (Gateway API). */
export function editHeaders(fields: Fields, { remove, set, add }: HeaderEdits): void {
  for (const name of remove) fields.remove(name);
  for (const { name, value } of set) fields.set(name, value);
  for (const { name, value } of add) fields.add(name, value);
}
