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

/**
 * After one more round of bets. `putIn` of the reserve is spread over them before: money that was not there when
 * nothing was wrong finds harm that begins late (a mixture over the times of its beginning, as in Shin, Ramdas and Rinaldo,
 * E-detectors, 2024). No round pays more than `mostPaid`: what one moment shows is never all the evidence.
 */
export function growWealth(
  wealth: Wealth,
  logPayoutOfStake: (index: number) => number,
  { putIn, mostPaid }: { readonly putIn: number; readonly mostPaid: number },
): Wealth {
  const given = Math.min(putIn, wealth.reserve);
  const each = given / wealth.bets.length;
  const mostLog = Math.log(mostPaid);
  return {
    bets: wealth.bets.map((bet, index) =>
      Math.min(most, (bet + each) * Math.exp(Math.min(mostLog, logPayoutOfStake(index)))),
    ),
    reserve: wealth.reserve - given,
  };
}

/** Half of what would decide at this level: no single moment does. */
export function mostPaid(level: number): number {
  return 1 / (2 * level);
}

/** The e-value. */
export function totalWealth({ bets, reserve }: Wealth): number {
  let total = reserve;
  for (const bet of bets) total += bet;
  return total;
}
