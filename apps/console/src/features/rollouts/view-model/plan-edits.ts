import equal from "fast-deep-equal";
import type { FormEdit } from "../../policies/view-model/form-edit.ts";

type Path = readonly (string | number)[];

/**
 * What has to be edited in a text that says `before`, so that it says `after`: members and items one by one, so that the rest of
 * the text, with its comments, stays. Both are plain data, such as JSON has it.
 */
export function planEdits(before: unknown, after: unknown, path: Path = []): FormEdit[] {
  if (equal(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listEdits(before, after, path);
  if (isMembers(before) && isMembers(after)) return memberEdits(before, after, path);
  return [{ does: "set", path: [...path], value: after }];
}

type Members = Readonly<Record<string, unknown>>;

function memberEdits(before: Members, after: Members, path: Path): FormEdit[] {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return [
    ...gone.map((key): FormEdit => ({ does: "remove", path: [...path, key] })),
    ...Object.keys(after).flatMap((key) => planEdits(before[key], after[key], [...path, key])),
  ];
}

/** Items at both ends that are the same stay as they are; of those between, each is edited, then the rest removed or set. */
function listEdits(before: readonly unknown[], after: readonly unknown[], path: Path): FormEdit[] {
  const shorter = Math.min(before.length, after.length);
  let top = 0;
  while (top < shorter && equal(before[top], after[top])) top++;
  let bottom = 0;
  while (bottom < shorter - top && equal(before.at(-1 - bottom), after.at(-1 - bottom))) bottom++;
  // What comes in between others has no edit of its own: the list is written anew.
  if (after.length > before.length && bottom > 0) return [{ does: "set", path: [...path], value: after }];
  const common = shorter - bottom;
  return [
    ...after.slice(top, common).flatMap((item, at) => planEdits(before[top + at], item, [...path, top + at])),
    ...after
      .slice(before.length)
      .map((value, at): FormEdit => ({ does: "set", path: [...path, before.length + at], value })),
    ...Array.from(
      { length: Math.max(0, before.length - after.length) },
      (): FormEdit => ({ does: "remove", path: [...path, common] }),
    ),
  ];
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
