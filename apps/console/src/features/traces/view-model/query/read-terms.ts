import { type Token, tokensOf } from "./tokens.ts";
import { isField, type Problem, type Term } from "./trace-query.ts";

const equals = new Set(["=", "==", ":"]);
const negations = new Set(["!=", "=~"]);

/** The terms in a query's text as they stand, without a judgement of what they say; and what is no term. */
export function readTerms(text: string): { terms: Term[]; problems: Problem[] } {
  const tokens = tokensOf(text);
  const terms: Term[] = [];
  const problems: Problem[] = [];
  const wrong = ({ from, to }: { from: number; to: number }, message: string) =>
    void problems.push({ from, to, message });
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    if (token.open) wrong(token, 'this text has no closing "');
    else if (token.kind === "paren") wrong(token, "conditions are not grouped: all of them must be met");
    else if (token.kind === "operator") {
      wrong(token, `a name is missing before ${token.text}`);
      if (isValue(next)) i++;
    } else if (next?.kind === "operator") {
      const value = tokens[i + 2];
      i += readCondition(token, next, value);
    } else if (token.kind === "quoted")
      terms.push({ ...range(token), name: undefined, operator: "", value: token.text });
    else readWord(token);
  }
  return { terms, problems };

  /** Of `name operator value`; how many more tokens it took. */
  function readCondition(name: Token, operator: Token, value: Token | undefined): number {
    if (!isValue(value)) {
      wrong(operator, `a value is missing after ${operator.text}`);
      return 1;
    }
    if (value.open) wrong(value, 'this text has no closing "');
    else if (negations.has(operator.text))
      wrong(operator, `${operator.text} is not known here: traces are found by what they have, with =`);
    else
      terms.push({
        ...{ from: name.from, to: value.to, name: name.text },
        ...{ operator: equals.has(operator.text) ? "=" : operator.text, value: value.text },
      });
    return 2;
  }

  function readWord(word: Token): void {
    const lower = word.text.toLowerCase();
    if (lower === "and") return;
    if (lower === "or" || lower === "not" || lower === "!")
      wrong(word, `${word.text} is not known here: all conditions must be met`);
    else if (isField(word.text))
      wrong(word, `${word.text} needs a comparison; "${word.text}" in quotes is a text`);
    else terms.push({ ...range(word), name: undefined, operator: "", value: word.text });
  }
}

function isValue(token: Token | undefined): token is Token {
  return token?.kind === "word" || token?.kind === "quoted";
}

function range({ from, to }: Token) {
  return { from, to };
}
