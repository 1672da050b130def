import { maskedAddress } from "@weir/domain";

interface TargetRow {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly secret: string | null;
  readonly format: string;
  readonly topics: readonly string[];
  readonly leastSeverity: string;
}

/** A target as the audit keeps it, for everybody who reads it: without its secret, with its address masked. */
export function auditedTarget({ id, name, url, format, topics, leastSeverity }: TargetRow) {
  return { id, name, format, address: maskedAddress(url), topics: [...topics], leastSeverity };
}

/** As it was and as it is; another address that looks like the one before, and another token, are said to be others. */
export function auditedChange(before: TargetRow, after: TargetRow) {
  const [was, is] = [auditedTarget(before), auditedTarget(after)];
  const looksSame = before.url !== after.url && was.address === is.address;
  const address = looksSame ? `${is.address} (another one)` : is.address;
  return {
    before: was,
    after: { ...is, address, ...(before.secret === after.secret ? {} : { token: "another one" }) },
  };
}
