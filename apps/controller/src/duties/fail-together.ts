import type { UnreadableRow } from "@weir/store";

/**
 * Of a run that went on past what failed: all of it in one message, so that what is new stands in the log though something else
 * fails again and again.
 * @throws the failure; an AggregateError of several.
 */
export function failTogether(failures: readonly Error[]): void {
  const [only] = failures;
  if (only === undefined) return;
  if (failures.length === 1) throw only;
  throw new AggregateError(failures, failures.map(({ message }) => message).join("; "));
}

/** @param what such as `rollout`. */
export function unreadableFailure(what: string, { id, subject, why }: UnreadableRow): Error {
  return new Error(`${what} ${id} of ${subject} cannot be read and is left as it is: ${why}`);
}
