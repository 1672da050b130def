import {
  type CharacterSet,
  complement,
  digits,
  dot,
  spaces,
  union,
  wordCharacters,
} from "./character-set.ts";

/** A regular expression as a tree: nothing in it needs to look back, so a machine of states can run it. */
export type RegexNode =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "sequence"; readonly parts: readonly RegexNode[] }
  | { readonly kind: "either"; readonly options: readonly RegexNode[] }
  | { readonly kind: "repeat"; readonly of: RegexNode; readonly min: number; readonly max: number };

/** A pattern that is malformed, too large, or asks for what cannot be matched in linear time. */
export class RegexRefused extends Error {
  readonly code = "REGEX_REFUSED";
  /** Index into the pattern. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(`${message}, at character ${position + 1}`);
    this.name = "RegexRefused";
    this.position = position;
  }
}

export const maxRegexLength = 1000;

/** Whether a pattern has `^` at its very start and `$` at its very end. */
export function anchorsOf(pattern: string): { readonly start: boolean; readonly end: boolean } {
  const start = pattern.startsWith("^");
  const end = pattern.length > Number(start) && pattern.endsWith("$") && !endsEscaped(pattern);
  return { start, end };
}

const maxRepeats = 1000;

/**
 * Parses the part of JavaScript's syntax that is regular: literals, `.`, classes, `\d \w \s` and their
 * opposites, groups, `|`, `* + ? {m,n}` (lazy marks change nothing for a whole match), `^` at the very start and
 * `$` at the very end. Throws RegexRefused for all else.
 */
export function parseRegex(pattern: string): RegexNode {
  if (pattern.length > maxRegexLength)
    throw new RegexRefused(`is longer than ${maxRegexLength} characters`, maxRegexLength);
  const reader = new RegexReader(pattern);
  return reader.readAll();
}

const escapes: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f", v: "\v", "0": "\0" };
const classEscapes: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
};
const refusedGroups: readonly (readonly [string, string])[] = [
  ["?=", "lookahead"],
  ["?!", "lookahead"],
  ["?<=", "lookbehind"],
  ["?<!", "lookbehind"],
];

class RegexReader {
  readonly #text: string;
  #at = 0;
  #end: number;

  constructor(text: string) {
    this.#text = text;
    this.#end = text.length;
    const { start, end } = anchorsOf(text);
    if (start) this.#at++;
    if (end) this.#end--;
  }

  readAll(): RegexNode {
    const node = this.#either();
    if (this.#at < this.#end) this.#refuse("has a ')' that closes nothing");
    return node;
  }

  #either(): RegexNode {
    const options = [this.#sequence()];
    while (this.#peek() === "|") {
      this.#at++;
      options.push(this.#sequence());
    }
    return options.length === 1 ? options[0]! : { kind: "either", options };
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = [];
    for (let next = this.#peek(); next !== "" && next !== "|" && next !== ")"; next = this.#peek())
      parts.push(this.#repeated(this.#atom()));
    return parts.length === 1 ? parts[0]! : { kind: "sequence", parts };
  }

  #repeated(of: RegexNode): RegexNode {
    const range = this.#quantifier();
    if (!range) return of;
    if (this.#peek() === "?") this.#at++;
    if ("*+?{".includes(this.#peek() || " ")) this.#refuse("repeats a repetition; put it into a group");
    return { kind: "repeat", of, ...range };
  }

  #quantifier(): { min: number; max: number } | undefined {
    const simple = { "*": [0, Infinity], "+": [1, Infinity], "?": [0, 1] }[this.#peek()];
    if (simple) {
      this.#at++;
      return { min: simple[0]!, max: simple[1]! };
    }
    if (this.#peek() !== "{") return undefined;
    const match = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(this.#text.slice(this.#at, this.#end));
    if (!match) this.#refuse("has a '{' that starts no repetition; write '\\{' for the character");
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === "" ? Infinity : Number(match[3]);
    if (max < min) this.#refuse("repeats at least more often than at most");
    if (min > maxRepeats || (max !== Infinity && max > maxRepeats))
      this.#refuse(`repeats more than ${maxRepeats} times`);
    this.#at += match[0].length;
    return { min, max };
  }

  #atom(): RegexNode {
    const char = this.#peek();
    switch (char) {
      case "(":
        return this.#group();
      case "[":
        return { kind: "set", set: this.#class() };
      case ".":
        this.#at++;
        return { kind: "set", set: dot };
      case "\\":
        return { kind: "set", set: this.#escape() };
      case "*":
      case "+":
      case "?":
      case "{":
        return this.#refuse(`has a '${char}' with nothing to repeat`);
      case "]":
      case "}":
        return this.#refuse(`has a '${char}' that closes nothing; write '\\${char}' for the character`);
      case "^":
        return this.#refuse("has a '^' that is not at its start; a pattern always meets the whole value");
      case "$":
        return this.#refuse("has a '$' that is not at its end; a pattern always meets the whole value");
      default:
        this.#at++;
        return { kind: "set", set: single(char.charCodeAt(0)) };
    }
  }

  #group(): RegexNode {
    const start = this.#at;
    const rest = this.#text.slice(start + 1, start + 4);
    const refused = refusedGroups.find(([sign]) => rest.startsWith(sign));
    if (refused) this.#refuse(`has a ${refused[1]}, which cannot be matched in linear time`);
    if (rest.startsWith("?:")) this.#at += 3;
    else if (rest.startsWith("?")) this.#refuse("has a kind of group that is not known here; write '(?:'");
    else this.#at++;
    const node = this.#either();
    if (this.#peek() !== ")") throw new RegexRefused("has a '(' that is never closed", start);
    this.#at++;
    return node;
  }

  #class(): CharacterSet {
    const start = this.#at++;
    const negated = this.#peek() === "^";
    if (negated) this.#at++;
    let set: CharacterSet = [];
    for (let next = this.#peek(); next !== "]"; next = this.#peek()) {
      if (next === "") throw new RegexRefused("has a '[' that is never closed", start);
      set = union(set, this.#classItem());
    }
    this.#at++;
    if (set.length === 0) throw new RegexRefused("has a class of no characters", start);
    return negated ? complement(set) : set;
  }

  #classItem(): CharacterSet {
    const from = this.#classAtom();
    if (this.#peek() !== "-" || "]".includes(this.#text[this.#at + 1] ?? "]")) return from;
    this.#at++;
    const to = this.#classAtom();
    const [first, last] = [only(from), only(to)];
    if (first === undefined || last === undefined) return this.#refuse("has a range that ends in a class");
    if (first > last) return this.#refuse("has a range whose end comes before its start");
    return [[first, last]];
  }

  #classAtom(): CharacterSet {
    const char = this.#peek();
    if (char === "") return this.#refuse("has a class that is never closed");
    if (char !== "\\") {
      this.#at++;
      return single(char.charCodeAt(0));
    }
    if (this.#text[this.#at + 1] === "b") {
      this.#at += 2;
      return single(0x08);
    }
    return this.#escape();
  }

  #escape(): CharacterSet {
    const char = this.#at + 1 < this.#text.length ? this.#text[this.#at + 1]! : "";
    const hex = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(this.#text.slice(this.#at, this.#at + 6));
    if (hex) {
      this.#at += hex[0].length;
      return single(Number.parseInt((hex[1] ?? hex[2])!, 16));
    }
    const named = classEscapes[char] ?? (escapes[char] && single(escapes[char].charCodeAt(0)));
    if (char === "") this.#refuse("ends in a lone '\\'");
    if (/[1-9k]/.test(char)) this.#refuse("has a backreference, which cannot be matched in linear time");
    if (char === "0" && /\d/.test(this.#text[this.#at + 2] ?? "")) this.#refuse("has an octal escape");
    if (!named && /[bB]/.test(char)) this.#refuse("asks for a word boundary, which is not known here");
    if (!named && /[0-9A-Za-z]/.test(char))
      this.#refuse(`has the escape '\\${char}', which is not known here`);
    this.#at += 2;
    return named || single(char.charCodeAt(0));
  }

  #peek(): string {
    return this.#at < this.#end ? this.#text[this.#at]! : "";
  }

  #refuse(message: string): never {
    throw new RegexRefused(message, this.#at);
  }
}

function single(code: number): CharacterSet {
  return [[code, code]];
}

function only(set: CharacterSet): number | undefined {
  const [range] = set;
  return set.length === 1 && range && range[0] === range[1] ? range[0] : undefined;
}

/** Whether the last character is escaped: an odd number of backslashes stands before it. */
function endsEscaped(text: string): boolean {
  const before = /\\*$/.exec(text.slice(0, -1))?.[0].length ?? 0;
  return before % 2 === 1;
}
