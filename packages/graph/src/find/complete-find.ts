import { numberFields, type TextField, units } from "./find-element.ts";
import { fieldNames, fieldOf, isNumberField } from "./parse-find.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** What may stand at the caret: it takes the place of the characters from `from` to before `to`. */
export interface FindCompletion {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly label: string;
  readonly hint: string;
}

/** Values that the map has, by field. */
export type FindVocabulary = Partial<Record<TextField, readonly string[]>>;

const most = 12;

/** Fields where a condition may begin, operators after a field, values after an operator. */
export function completeFind(text: string, caret: number, vocabulary: FindVocabulary): FindCompletion[] {
  const tokens = tokensOf(text.slice(0, caret));
  const last = tokens.at(-1);
  const typing = last?.to === caret && last.kind !== "operator" && last.kind !== "open" ? last : undefined;
  const before = typing ? tokens.slice(0, -1) : tokens;
  const from = typing?.from ?? caret;
  const typed = (typing?.text ?? "").toLowerCase();
  return offersAfter(before, vocabulary)
    .filter(({ label }) => label.toLowerCase().startsWith(typed) && label.toLowerCase() !== typed)
    .slice(0, most)
    .map(({ label, insert = label, hint }) => ({ from, to: caret, insert: `${insert} `, label, hint }));
}

interface Offer {
  readonly label: string;
  readonly insert?: string;
  readonly hint: string;
}

function offersAfter(before: readonly Token[], vocabulary: FindVocabulary): Offer[] {
  const [name, last] = [before.at(-2), before.at(-1)];
  if (last?.kind === "operator") {
    const field = name && fieldOf(name.text);
    return field === undefined ? [] : valuesOf(field, vocabulary);
  }
  const field = last?.kind === "word" && name?.kind !== "operator" ? fieldOf(last.text) : undefined;
  if (field !== undefined) return operatorsOf(field);
  const fields = fieldNames.map((label) => ({ label, hint: hintOf(label) }));
  const complete = last !== undefined && last.kind !== "open" && !isConnective(last);
  return complete ? [...connectives, ...fields] : [{ label: "not", hint: "the opposite" }, ...fields];
}

const connectives: readonly Offer[] = [
  { label: "and", hint: "both must hold" },
  { label: "or", hint: "either must hold" },
];

function isConnective({ kind, text }: Token): boolean {
  return kind === "word" && ["and", "or", "not"].includes(text.toLowerCase());
}

function operatorsOf(field: NonNullable<ReturnType<typeof fieldOf>>): Offer[] {
  if (isNumberField(field)) return [">", "<", ">=", "<="].map((label) => ({ label, hint: hintOf(field) }));
  return [
    { label: "=", hint: "is" },
    { label: "!=", hint: "is not" },
    { label: "~", hint: "has in it" },
    { label: "!~", hint: "does not have in it" },
  ];
}

function valuesOf(field: NonNullable<ReturnType<typeof fieldOf>>, vocabulary: FindVocabulary): Offer[] {
  if (isNumberField(field))
    return examples[numberFields[field]].map((label) => ({ label, hint: "for example" }));
  return (vocabulary[field] ?? []).map((label) => ({ label, insert: written(label), hint: field }));
}

const examples = {
  rate: ["1rps", "10rps"],
  share: ["1%", "5%"],
  seconds: ["100ms", "1s"],
  times: ["1.1x", "2x"],
} as const;

function hintOf(field: string): string {
  const known = fieldOf(field);
  if (known === undefined || !isNumberField(known)) return "text";
  const names = Object.keys(units[numberFields[known]]).filter((unit) => unit !== "");
  return `number in ${names.join(", ")}`;
}

/** In quotes where it would be read as something else. */
function written(value: string): string {
  return /^[^\s"=<>~!()]+$/u.test(value) ? value : `"${value.replaceAll(/["\\]/g, "\\$&")}"`;
}
