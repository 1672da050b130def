import {
  aliases,
  type FindElement,
  type FindProblem,
  type NumberField,
  numberFields,
  type TextField,
  textFields,
  units,
} from "./find-element.ts";
import { type Token, tokensOf } from "./tokens.ts";

export type FindPredicate = (element: FindElement) => boolean;

/** What a text asks for; `matches` is undefined where it asks for nothing, or is wrong. */
export interface FindQuery {
  readonly matches: FindPredicate | undefined;
  readonly problem: FindProblem | undefined;
}

/**
 * Reads the find language: `error > 1% and not (ns = infra or name ~ cron)`. Words by themselves are parts of names; terms side
 * by side must all hold. Case does not matter. The first thing that is wrong is told, with its place.
 */
export function parseFind(text: string): FindQuery {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return { matches: undefined, problem: undefined };
  try {
    const parser = new Parser(tokens, text.length);
    return { matches: parser.all(), problem: undefined };
  } catch (error) {
    if (error instanceof Malformed) return { matches: undefined, problem: error.problem };
    throw error;
  }
}

class Malformed extends Error {
  readonly problem: FindProblem;

  constructor(problem: FindProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** So deep parentheses nest; what is deeper nobody has written by hand. */
const deepest = 100;

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  all(): FindPredicate {
    const found = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest)
      throw malformed(rest, rest.kind === "close" ? "this ) closes nothing" : `unexpected ${rest.text}`);
    return found;
  }

  #or(): FindPredicate {
    const parts = [this.#and()];
    while (this.#isWord("or")) {
      this.#at++;
      parts.push(this.#and());
    }
    return parts.length === 1
      ? (parts[0] as FindPredicate)
      : (element) => parts.some((part) => part(element));
  }

  #and(): FindPredicate {
    const parts = [this.#not()];
    for (;;) {
      const next = this.#tokens[this.#at];
      if (!next || next.kind === "close" || this.#isWord("or")) break;
      if (this.#isWord("and")) this.#at++;
      parts.push(this.#not());
    }
    return parts.length === 1
      ? (parts[0] as FindPredicate)
      : (element) => parts.every((part) => part(element));
  }

  #not(): FindPredicate {
    let negated = false;
    while (this.#isWord("not") || this.#isWord("!")) {
      this.#at++;
      negated = !negated;
    }
    const part = this.#primary();
    return negated ? (element) => !part(element) : part;
  }

  #primary(): FindPredicate {
    const token = this.#take("a condition such as error > 1%, or a name");
    if (token.kind === "open") return this.#inParentheses(token);
    if (token.kind === "close") throw malformed(token, "a condition is missing before this )");
    if (token.kind === "operator") throw malformed(token, `a field is missing before ${token.text}`);
    if (token.unclosed) throw malformed(token, "the closing quote is missing");
    if (token.kind === "word" && isReserved(token.text))
      throw malformed(token, `a condition is missing before ${token.text}`);
    const operator = this.#tokens[this.#at];
    if (token.kind === "word" && operator?.kind === "operator") {
      this.#at++;
      return this.#comparison(token, operator);
    }
    const part = fold(token.text);
    return ({ texts }) => texts.name?.some((name) => fold(name).includes(part)) ?? false;
  }

  #inParentheses(open: Token): FindPredicate {
    if (++this.#depth > deepest) throw malformed(open, `more than ${deepest} parentheses in each other`);
    const inside = this.#or();
    if (this.#tokens[this.#at]?.kind !== "close") throw malformed(open, "this ( is not closed");
    this.#at++;
    this.#depth--;
    return inside;
  }

  #comparison(name: Token, operator: Token): FindPredicate {
    const field = fieldOf(name.text);
    if (field === undefined)
      throw malformed(name, `${name.text} is no field; there are ${fieldNames.join(", ")}`);
    const value = this.#take(`a value after ${operator.text}`);
    if (value.kind === "operator" || value.kind === "open" || value.kind === "close")
      throw malformed(value, `a value is missing after ${operator.text}`);
    if (value.unclosed) throw malformed(value, "the closing quote is missing");
    return isNumberField(field) ? numberTerm(field, operator, value) : textTerm(field, operator, value);
  }

  #take(what: string): Token {
    const token = this.#tokens[this.#at++];
    if (token) return token;
    throw new Malformed({ from: this.#end, to: this.#end, message: `${what} is missing at the end` });
  }

  #isWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === "word" && token.text.toLowerCase() === word;
  }
}

/** All of them, as they are offered. */
export const fieldNames: readonly string[] = [...textFields, ...Object.keys(numberFields)];

/** By its name or another word for it. */
export function fieldOf(name: string): TextField | NumberField | undefined {
  const lower = name.toLowerCase();
  if (fieldNames.includes(lower)) return lower as TextField | NumberField;
  return Object.hasOwn(aliases, lower) ? aliases[lower] : undefined;
}

export function isNumberField(field: TextField | NumberField): field is NumberField {
  return Object.hasOwn(numberFields, field);
}

function isReserved(word: string): boolean {
  return ["and", "or"].includes(word.toLowerCase());
}

function numberTerm(field: NumberField, operator: Token, value: Token): FindPredicate {
  const compare = comparisons[operator.text];
  if (!compare) throw malformed(operator, `${operator.text} is for texts; ${field} has = != < <= > >=`);
  const known = units[numberFields[field]];
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)([a-zµ%]*)$/iu.exec(value.text.replace("µs", "us")) ?? [];
  const perOwn = Object.hasOwn(known, unit.toLowerCase()) ? known[unit.toLowerCase()] : undefined;
  if (number === undefined || perOwn === undefined) {
    const written = Object.keys(known).filter((name) => name !== "");
    throw malformed(value, `${field} takes a number, with ${written.join(" or ")} or without`);
  }
  const wanted = Number(number) / perOwn;
  return ({ numbers }) => {
    const own = numbers[field];
    return own !== undefined && compare(own, wanted);
  };
}

const comparisons: Readonly<Record<string, ((own: number, wanted: number) => boolean) | undefined>> = {
  "=": (own, wanted) => own === wanted,
  "!=": (own, wanted) => own !== wanted,
  "<": (own, wanted) => own < wanted,
  "<=": (own, wanted) => own <= wanted,
  ">": (own, wanted) => own > wanted,
  ">=": (own, wanted) => own >= wanted,
};

function textTerm(field: TextField, operator: Token, value: Token): FindPredicate {
  const wanted = fold(value.text);
  const is = (own: string): boolean => fold(own) === wanted;
  const has = (own: string): boolean => fold(own).includes(wanted);
  switch (operator.text) {
    case "=":
      return ({ texts }) => texts[field]?.some(is) ?? false;
    case "!=":
      return ({ texts }) => texts[field] !== undefined && !texts[field].some(is);
    case "~":
      return ({ texts }) => texts[field]?.some(has) ?? false;
    case "!~":
      return ({ texts }) => texts[field] !== undefined && !texts[field].some(has);
    default:
      throw malformed(operator, `${operator.text} is for numbers; ${field} has = != ~ !~`);
  }
}

function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

function malformed({ from, to }: Token, message: string): Malformed {
  return new Malformed({ from, to, message });
}
