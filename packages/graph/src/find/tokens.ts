export interface Token {
  readonly kind: "word" | "quoted" | "operator" | "open" | "close";
  /** Without quotes. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** A quoted text whose end is missing. */
  readonly unclosed?: true;
}

const pattern =
  /\s+|(?<quoted>"(?:[^"\\]|\\.)*"?)|(?<operator>!=|>=|<=|!~|[=<>~])|(?<open>\()|(?<close>\))|(?<word>[^\s"=<>~!()]+|!)/gu;

/** Cuts a text into words, quoted texts, operators and parentheses. Nothing is left out but blanks. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: found, index, groups = {} } of text.matchAll(pattern)) {
    const place = { from: index, to: index + found.length };
    if (groups.quoted !== undefined) tokens.push(quoted(found, place));
    else if (groups.operator !== undefined) tokens.push({ kind: "operator", text: found, ...place });
    else if (groups.open !== undefined) tokens.push({ kind: "open", text: found, ...place });
    else if (groups.close !== undefined) tokens.push({ kind: "close", text: found, ...place });
    else if (groups.word !== undefined) tokens.push({ kind: "word", text: found, ...place });
  }
  return tokens;
}

function quoted(found: string, place: { readonly from: number; readonly to: number }): Token {
  const closed = found.length > 1 && found.endsWith('"') && !/(?:^|[^\\])(?:\\\\)*\\"$/.test(found);
  const text = found.slice(1, closed ? -1 : undefined).replaceAll(/\\(.)/gsu, "$1");
  return { kind: "quoted", text, ...place, ...(closed ? {} : { unclosed: true }) };
}
