import { isMap, isScalar, parseAllDocuments, visit } from "yaml";

/** A text as a form sees it. */
export type FormDocument =
  | { readonly state: "editable"; readonly value: Readonly<Record<string, unknown>> }
  /** The form cannot be about this text as it stands. */
  | { readonly state: "waiting"; readonly reason: string };

/** Reads the one policy of a text. Never throws. */
export function readFormDocument(text: string): FormDocument {
  const documents = [...parseAllDocuments(text, { logLevel: "silent" })];
  const [document] = documents;
  if (!document) return { state: "editable", value: {} };
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line;
    return waiting(`The YAML cannot be read${line === undefined ? "" : ` at line ${line}`}.`);
  }
  if (documents.length > 1)
    return waiting(
      documents.filter(({ contents }) => !isEmpty(contents)).length > 1
        ? "The text holds several policies, and the form is about one."
        : "The text has a document without content beside the policy; the form waits until its --- is removed.",
    );
  let aliased = false;
  visit(document, {
    Alias() {
      aliased = true;
      return visit.BREAK;
    },
  });
  if (aliased)
    return waiting("The text repeats parts of itself by aliases (*), which only the YAML can show.");
  if (!isMap(document.contents))
    return waiting("The text is not a policy: it has no members such as kind and name.");
  if (document.has("policies") && !document.has("kind"))
    return waiting("The text is a sidecar's configuration file, and the form is about one policy.");
  return { state: "editable", value: document.toJS() };
}

function isEmpty(contents: unknown): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

function waiting(reason: string): FormDocument {
  return { state: "waiting", reason };
}
