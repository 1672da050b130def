import type { Fields } from "../http1/fields.ts";

/** Adds a cookie to an answer, unless the application gives one of that name itself. `setCookie`: a value of `Set-Cookie`. */
export function giveCookie(fields: Fields, setCookie: string): void {
  const named = setCookie.slice(0, setCookie.indexOf("=") + 1);
  for (const [name, value] of fields)
    if (value.startsWith(named) && name.toLowerCase() === "set-cookie") return;
  fields.add("Set-Cookie", setCookie);
}
