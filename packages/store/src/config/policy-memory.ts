import type { RevisedPolicy } from "@weir/domain";
import type { Transaction } from "./config-database.ts";
import { parseStoredPolicy } from "./stored-policy.ts";

/** Ids in one statement; Postgres takes 65,535 parameters. */
const idsAtOnce = 10_000;

/**
 * Policies in force, each read and judged once a revision, which never changes its content: of ten thousand policies a
 * change of one is read as one.
 */
export class PolicyMemory {
  #known = new Map<number, RevisedPolicy>();

  /** In the order of namespace and name, as the transaction sees them. */
  async read(transaction: Transaction): Promise<RevisedPolicy[]> {
    const heads = await transaction.policy.findMany({
      where: { deleted: false },
      orderBy: [{ namespace: "asc" }, { name: "asc" }],
      select: { id: true, revision: true },
    });
    const news = heads.filter(({ id, revision }) => this.#known.get(id)?.revision !== revision);
    const read = await readPolicies(
      transaction,
      news.map(({ id }) => id),
    );
    const now = new Map(
      heads.flatMap(({ id }): [number, RevisedPolicy][] => {
        const policy = read.get(id) ?? this.#known.get(id);
        return policy ? [[id, policy]] : [];
      }),
    );
    this.#known = now;
    return [...now.values()];
  }
}

async function readPolicies(transaction: Transaction, ids: number[]): Promise<Map<number, RevisedPolicy>> {
  const policies = new Map<number, RevisedPolicy>();
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const rows = await transaction.policy.findMany({
      where: { id: { in: ids.slice(from, from + idsAtOnce) } },
      select: { id: true, spec: true, revision: true },
    });
    for (const { id, spec, revision } of rows) policies.set(id, parseStoredPolicy(spec, revision));
  }
  return policies;
}
