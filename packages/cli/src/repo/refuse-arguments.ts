/** For commands that take no arguments: one sentence and exit code 2 when there are any. */
export function refuseArguments(command: string): void {
  const [unexpected] = process.argv.slice(2);
  if (unexpected === undefined) return;
  console.error(`weir: npm run ${command} takes no arguments, and got "${unexpected}"`);
  process.exit(2);
}
