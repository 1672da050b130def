/**
 * What bets of several stakes on one question have come to, beginning with 1 in all: an e-process. Where the question's
 * answer is no, it ever reaches `1 / level` with a probability of at most `level`, however often one looks
 * (Ville, 1939; Ramdas, Grünwald, Vovk and Shafer, Game-theoretic statistics and safe anytime-valid inference, 2023).
 */
export interface Wealth {
  /** One for each stake. */
  readonly bets: readonly number[];
  /** Not bet yet. */
  readonly reserve: number;
}

/** Of the one unit, where harm may begin at any time. */
export const keptBack = 0.5;

/** Beyond this nothing is told apart, and sums stay numbers. */
const most = 1e200;

/** `reserve` of the one unit is kept back, the rest spread evenly over so many stakes. */
export function startWealth(stakes: number, reserve: number): Wealth {
  return { bets: Array.from({ length: stakes }, () => (1 - reserve) / stakes), reserve };
}

/** How a round of bets is made. */
export interface Round {
  /** How long the round took. */
  readonly ms: number;
  /** Half of the reserve is bet in this time, and half of the rest in twice as long again: some is left at all times. */
  readonly horizonMs: number;
  /** No round pays more: what one moment shows is never all the evidence. */
  readonly mostPaid: number;
}

/**
 * After one more round of bets. Some of the reserve is spread over them before: money that was not there when nothing was
 * wrong finds harm that begins late (a mixture over the times of its beginning, as in Shin, Ramdas and Rinaldo,
 * E-detectors, 2024).
 */
export function growWealth(
  { bets, reserve }: Wealth,
  logPayoutOfStake: (index: number) => number,
  { ms, horizonMs, mostPaid }: Round,
): Wealth {
  const given = putIn(reserve, ms, horizonMs);
  const each = given / bets.length;
  const mostLog = Math.log(mostPaid);
  return {
    bets: bets.map((bet, index) =>
      Math.min(most, (bet + each) * Math.exp(Math.min(mostLog, logPayoutOfStake(index)))),
    ),
    reserve: reserve - given,
  };
}

/** So that `keptBack * horizon / (horizon + t)` of the reserve is left at any time t. */
function putIn(reserve: number, ms: number, horizonMs: number): number {
  if (reserve === 0) return 0;
  return (reserve * ms) / ((keptBack * horizonMs) / reserve + ms);
}

/** The root of what decides at this level: two rounds together never do where half is kept back. */
export function mostPaid(level: number): number {
  return 1 / Math.sqrt(level);
}

/** The e-value. */
export function totalWealth({ bets, reserve }: Wealth): number {
  let total = reserve;
  for (const bet of bets) total += bet;
  return total;
}
