/** Stands for no choice in a `Select`, whose values must not be empty. */
export const anyOption = "*";

/** Names to choose from behind one that chooses none of them; what is chosen is there though nobody else knows it. */
export function optionsWithAny(names: readonly string[], chosen: string | undefined, anyLabel: string) {
  const all = chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
  return [{ value: anyOption, label: anyLabel }, ...all.map((name) => ({ value: name, label: name }))];
}
