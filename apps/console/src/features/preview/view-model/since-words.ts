/** What the counts of a window leave out, where a policy became what it is within it. @param moment when it did. */
export function sinceWords(revision: number, moment: string): string {
  return revision === 1
    ? `The policy counts since ${moment}; before, there was none.`
    : `Revision ${revision} counts since ${moment}; what earlier ones said is left out.`;
}
