/** Whether a request is among so many per cent; all are where none are named, and then nothing is drawn. */
export function falls(percent: number | undefined, random: () => number): boolean {
  return percent === undefined || percent >= 100 || random() * 100 < percent;
}
