import { serviceIdText } from "@weir/domain/browser";
import type { GuardCheck } from "@weir/rollout";

/** `shop/web`, or that it stands outside. */
export function callerWords(caller: { readonly namespace: string; readonly service: string }): string {
  return caller.namespace === "" ? "outside the mesh" : serviceIdText(caller);
}

/** What one of the guard's questions is about: `limit on requests of shop/web`. */
export function checkTitle({ kind, namespace, name, callers, slowMs }: GuardCheck): {
  what: string;
  whose: string;
} {
  if (kind === "acts") {
    const [only] = callers ?? [];
    const whose =
      callers === undefined
        ? "all callers"
        : callers.length === 1 && only
          ? callerWords(only)
          : `${callers.length} callers`;
    return { what: `${namespace}/${name} acts`, whose };
  }
  return {
    what: kind === "failures" ? "requests fail" : `requests take over ${Math.round(slowMs ?? 0)} ms`,
    whose: `${namespace}/${name}`,
  };
}
