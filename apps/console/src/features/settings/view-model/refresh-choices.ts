/** How often numbers are read again, in milliseconds as text. */
export const refreshChoices = [
  { value: "0", label: "As it comes in" },
  { value: "5000", label: "Every 5 seconds" },
  { value: "10000", label: "Every 10 seconds" },
  { value: "30000", label: "Every 30 seconds" },
  { value: "60000", label: "Every minute" },
] as const;
