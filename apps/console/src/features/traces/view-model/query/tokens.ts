/** A stretch of the query's text: `from` inclusive, `to` exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Token extends Range {
  readonly kind: "word" | "quoted" | "operator" | "paren";
  /** Of a quoted text, what stands between its quotes, unescaped. */
  readonly text: string;
  /** A quoted text that does not end. */
  readonly open: boolean;
}

const operator = /(?:!=|>=|<=|==|=~|[=<>])/y;
/** Where a word ends before it: {@link name} stops there after a field's name only. */
const colon = /:/y;
const space = /\s+/y;
const quoted = /"((?:[^"\\]|\\.)*)("?)/y;
/**
 * A name ends at an operator; a field's also at a colon, which others write for `=`, while an attribute's may hold one. A
 * value after an operator may contain anything but spaces, parentheses and quotes.
 */
const name = /(?:service|operation|version|caller|duration|status|kind)(?=:)|[^\s"()=<>!]+|!/y;
const value = /[^\s"()]+/y;

/** The query's text in pieces, each with its place. Never fails: what cannot be is told by the parser. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(query);
  };
  const push = (kind: Token["kind"], whole: string, text = whole, open = false) => {
    tokens.push({ kind, text, open, from: at, to: at + whole.length });
    at += whole.length;
  };
  while (at < query.length) {
    const blank = take(space);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const text = take(quoted);
    if (text) {
      push("quoted", text[0], (text[1] ?? "").replace(/\\(.)/g, "$1"), text[2] === "");
      continue;
    }
    const last = tokens.at(-1);
    const sign = take(operator) ?? (last?.kind === "word" && last.to === at ? take(colon) : null);
    if (sign) push("operator", sign[0]);
    else if ("()".includes(query[at]!)) push("paren", query[at]!);
    else push("word", take(last?.kind === "operator" ? value : name)?.[0] ?? query[at]!);
  }
  return tokens;
}
