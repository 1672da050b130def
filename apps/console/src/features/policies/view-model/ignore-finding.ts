import { ignorableCodes } from "@weir/domain";
import { readFormDocument } from "./form-document.ts";
import { editText } from "./form-edit.ts";

const ignorable: ReadonlySet<string> = new Set(ignorableCodes);

/** The text of one policy that says a warning or hint is meant so; undefined where it cannot, or does already. */
export function ignoreFinding(text: string, code: string): string | undefined {
  if (!ignorable.has(code)) return undefined;
  const document = readFormDocument(text);
  if (document.state !== "editable") return undefined;
  const { ignoreFindings: written = [] } = document.value;
  if (!Array.isArray(written) || written.includes(code)) return undefined;
  return editText(text, [{ does: "set", path: ["ignoreFindings"], value: [...written, code] }]);
}
