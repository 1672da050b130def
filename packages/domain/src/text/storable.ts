import { z } from "zod";
import { isStorable, notStorable } from "./is-storable.ts";

/** Anything of JSON whose texts are all storable, names of members too; ten that are not are issues at their paths. */
export const StorableJson = z.unknown().superRefine((value, context) => {
  for (const path of unstorablePaths(value))
    context.addIssue({ code: "custom", params: { code: "not-storable" }, path, message: notStorable });
});

const most = 10;

/** A list of what is still to be looked at and not recursion: input may be nested as deep as it likes. */
function unstorablePaths(value: unknown): PropertyKey[][] {
  const found: PropertyKey[][] = [];
  const left: Place[] = [{ value, path: undefined }];
  for (let place = left.pop(); place && found.length < most; place = left.pop()) {
    if (typeof place.value === "string" && !isStorable(place.value)) found.push(partsOf(place.path));
    if (typeof place.value !== "object" || place.value === null) continue;
    for (const [key, member] of Object.entries(place.value).reverse()) {
      const path = { key: Array.isArray(place.value) ? Number(key) : key, before: place.path };
      if (isStorable(key)) left.push({ value: member, path });
      else found.push(partsOf(path));
    }
  }
  return found;
}

interface Place {
  readonly value: unknown;
  readonly path: Path | undefined;
}

/** From the inside out, so that what is deep costs no more than what is flat. */
interface Path {
  readonly key: PropertyKey;
  readonly before: Path | undefined;
}

function partsOf(path: Path | undefined): PropertyKey[] {
  const parts: PropertyKey[] = [];
  for (let part = path; part; part = part.before) parts.push(part.key);
  return parts.reverse();
}
