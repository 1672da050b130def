/** 97.5 % of a normal distribution lies below. */
const z = 1.959_963_984_540_054;

/**
 * The 95 % interval of the difference of two shares, `a` of `n` less `b` of `m`: Newcombe's hybrid score interval
 * (Statistics in Medicine 17, 1998, method 10), which holds for few requests and for shares of none or all.
 */
export function differenceBounds(a: number, n: number, b: number, m: number): { low: number; high: number } {
  const [first, second] = [scoreInterval(a, n), scoreInterval(b, m)];
  const [p, q] = [a / n, b / m];
  return {
    low: p - q - Math.hypot(p - first.low, second.high - q),
    high: p - q + Math.hypot(first.high - p, q - second.low),
  };
}

/** Wilson's score interval of a share. */
function scoreInterval(a: number, n: number): { low: number; high: number } {
  const p = a / n;
  const middle = p + z ** 2 / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  const whole = 1 + z ** 2 / n;
  return { low: (middle - half) / whole, high: (middle + half) / whole };
}
