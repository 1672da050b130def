import { printValue } from "./print-query.ts";
import { tokensOf } from "./tokens.ts";
import { type Field, fields, isField } from "./trace-query.ts";

/** What the values of a field can be, as far as it is known. */
export interface Vocabulary {
  /** `namespace/service`, with its operations. */
  readonly services: readonly { readonly name: string; readonly operations: readonly string[] }[];
}

export interface Completion {
  /** What takes the place of the text from `from` to the caret's `to`. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly hint: string;
}

/** Attributes that spans of most meshes have; any other can be typed. */
const attributes: Readonly<Record<string, string>> = {
  "http.route": "route of the server",
  "http.request.method": "GET, POST …",
  "http.response.status_code": "200, 503 …",
  "url.path": "path asked for",
  "weir.response.flag": "why a sidecar answered itself: UH, UT, RL …",
  "weir.route": "policy/rule that a request followed",
  "weir.reporter": "source or destination sidecar",
  "rpc.grpc.status_code": "0 to 16",
  "db.system.name": "postgresql, redis …",
  "error.type": "class of the failure",
};

const durations = ["100ms", "250ms", "500ms", "1s", "5s"];
const most = 8;

/** What may stand at the caret, the likeliest first: names, comparisons, values. */
export function completeQuery(text: string, caret: number, { services }: Vocabulary): Completion[] {
  const before = tokensOf(text.slice(0, caret));
  const last = before.at(-1);
  const inWord = last !== undefined && last.kind !== "operator" && last.to === caret;
  const typed = inWord ? last.text : "";
  const from = inWord ? last.from : caret;
  const previous = before.at(inWord ? -2 : -1);
  const option = (insert: string, label: string, hint = "") => ({ insert, label, hint, from, to: caret });

  if (previous?.kind === "operator") {
    const field = before.at(inWord ? -3 : -2)?.text ?? "";
    return matching(valuesOf(field), typed).map((value) => option(`${printValue(value)} `, value));
  }
  if (last?.kind === "word" && !inWord && isNameInWait(before.map(({ text }) => text)))
    return operatorsOf(last.text).map((sign) => option(`${sign} `, sign));
  if (inWord && last.kind === "quoted") return [];
  const names = { ...fields, ...attributes };
  return matching(Object.keys(names), typed).map((name) =>
    option(`${name} ${operatorsOf(name)[0]} `, name, names[name as Field]),
  );

  function valuesOf(field: string): readonly string[] {
    if (field === "service" || field === "caller") return services.map(({ name }) => name);
    if (field === "status") return ["error"];
    if (field === "duration") return durations;
    if (field === "weir.reporter") return ["source", "destination"];
    if (field !== "operation") return [];
    const at = before.findIndex(({ kind, text }) => kind === "word" && text === "service");
    const asked = before[at + 2]?.text;
    const chosen = services.filter(({ name }) => at >= 0 && (name === asked || name.endsWith(`/${asked}`)));
    return [...new Set((chosen.length > 0 ? chosen : services).flatMap(({ operations }) => operations))];
  }
}

function operatorsOf(name: string): readonly string[] {
  return name === "duration" ? [">", "<", ">=", "<="] : ["="];
}

/** The last word is a field that waits for its comparison. */
function isNameInWait(texts: readonly string[]): boolean {
  const name = texts.at(-1) ?? "";
  return isField(name) || Object.hasOwn(attributes, name);
}

/** Those that begin with what is typed before those that hold it; not what is typed in full already. */
function matching(values: readonly string[], typed: string): string[] {
  const needle = typed.toLowerCase();
  const rank = (value: string) => {
    const lower = value.toLowerCase();
    if (lower.startsWith(needle) || lower.includes(`/${needle}`)) return 0;
    return lower.includes(needle) ? 1 : 2;
  };
  return values
    .map((value) => ({ value, rank: rank(value) }))
    .filter((one) => one.rank < 2 && one.value !== typed)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ value }) => value);
}
