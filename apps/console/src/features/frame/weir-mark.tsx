/** The mark: water held at a level, and what passes over the dam. */
export function WeirMark() {
  return (
    <svg
      role="img"
      aria-label="Weir"
      width={26}
      height={26}
      viewBox="0 0 26 26"
      fill="none"
      stroke="currentColor"
    >
      <path d="M2 8.5h9.5" strokeWidth={2.2} strokeLinecap="round" />
      <path d="M11.5 5v16" strokeWidth={2.2} strokeLinecap="round" opacity={0.55} />
      <path d="M11.5 8.5c4 0 5 2.5 5.6 6 .5 3 2 5 6.9 5" strokeWidth={2.2} strokeLinecap="round" />
      <path d="M2 13.5h6M2 18.5h6" strokeWidth={1.6} strokeLinecap="round" opacity={0.45} />
    </svg>
  );
}
