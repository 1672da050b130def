/** The page of a policy. */
export function policyPath({
  namespace,
  name,
}: {
  readonly namespace: string;
  readonly name: string;
}): string {
  return `/policies/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
}
