import equal from "fast-deep-equal";
import { type Document, isCollection, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Path } from "./policy-schema.ts";
import { printAs } from "./print-as.ts";

/** One change of a form. */
export type FormEdit =
  | { readonly does: "set"; readonly path: Path; readonly value: unknown }
  | { readonly does: "remove"; readonly path: Path }
  /** Gives a member another name; its value and its comment stay. */
  | { readonly does: "rename"; readonly path: Path; readonly to: string }
  /** Puts an item of a list one place further up (-1) or down (1). */
  | { readonly does: "move"; readonly path: Path; readonly by: 1 | -1 };

/**
 * The text after the edits, in its own style: comments stay, and so does every line that the edits do not touch. The
 * text must be one that `readFormDocument` calls editable.
 */
export function editText(text: string, edits: readonly FormEdit[]): string {
  const before = parseDocument(text, { logLevel: "silent" });
  const after = before.clone();
  for (const edit of edits) apply(after, edit);
  const { whole, patched } = printAs(text, before, after);
  const read = parseDocument(patched, { logLevel: "silent" });
  return read.errors.length === 0 && equal(read.toJS(), after.toJS()) ? patched : whole;
}

function apply(document: Document, edit: FormEdit): void {
  const { path } = edit;
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  switch (edit.does) {
    case "set":
      // `[]` and `{}` say only that they are empty, not that what comes into them should stand in one line.
      if (isCollection(parent) && parent.items.length === 0) parent.flow = false;
      document.setIn(
        path,
        typeof edit.value === "object" && edit.value !== null ? document.createNode(edit.value) : edit.value,
      );
      return;
    case "remove":
      document.deleteIn(path);
      return;
    case "rename": {
      const pair = isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      if (pair && isScalar(pair.key)) pair.key.value = edit.to;
      return;
    }
    case "move": {
      const to = Number(key) + edit.by;
      if (!isSeq(parent) || to < 0 || to >= parent.items.length) return;
      parent.items.splice(to, 0, ...parent.items.splice(Number(key), 1));
    }
  }
}
