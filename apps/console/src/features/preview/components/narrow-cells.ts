/** Of tables whose first columns must fit a phone: what would be refused is seen without scrolling sideways. */
export const narrowCells = "max-md:[&_td]:px-2 max-md:[&_th]:px-2 max-md:[&_th:first-child]:min-w-36";
