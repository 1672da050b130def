/** Of every input of a form. */
export const fieldClasses =
  "h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2 disabled:bg-sunken disabled:text-muted aria-invalid:border-failing";
