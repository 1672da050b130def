export type FraudSignals = {
  amountCents: number;
  /** Charges of the same card in the last ten minutes, this one not counted. */
  recentCharges: number;
  /** The card comes from another continent than the parcel goes to. */
  isForeignCard: boolean;
  hasThrowawayEmail: boolean;
};

export type FraudScore = { score: number; verdict: "clear" | "review" | "block"; reasons: string[] };

const throwawayDomains = ["mailinator.com", "trashmail.com", "10minutemail.com", "guerrillamail.com"];

/**
 * How suspicious a charge is, 0..100; payments v2 blocks from 80 on. No single signal can block: a regular who buys
 * ten times in a row reaches 30 at most.
 */
export function fraudScore(signals: FraudSignals): FraudScore {
  const parts: [reason: string, points: number][] = [
    // A smooth step around 800 euro: 3 points at 100 euro, 20 at 800, 40 far above.
    ["large amount", 40 / (1 + Math.exp(-(signals.amountCents - 80_000) / 27_000))],
    ["many charges", Math.min(30, signals.recentCharges * 3)],
    ["foreign card", signals.isForeignCard ? 20 : 0],
    ["throwaway e-mail", signals.hasThrowawayEmail ? 35 : 0],
  ];
  const score = Math.min(100, Math.round(parts.reduce((total, [, points]) => total + points, 0)));
  return {
    score,
    verdict: score >= 80 ? "block" : score >= 50 ? "review" : "clear",
    reasons: parts.filter(([, points]) => points >= 15).map(([reason]) => reason),
  };
}

/** 62xx (UnionPay) and 35xx (JCB) cards for parcels that stay in Europe. */
export const isForeignCard = (cardNumber: string): boolean => /^(62|35)/.test(cardNumber);

export const isThrowawayEmail = (email: string): boolean =>
  throwawayDomains.includes(email.slice(email.lastIndexOf("@") + 1).toLowerCase());
