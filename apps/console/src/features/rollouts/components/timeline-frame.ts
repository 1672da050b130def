/** Of the large timeline, in pixels: room for the flags above, the staircase, and the ruler below. */
export const timelineFrame = { abovePx: 28, heightPx: 200, rulerPx: 30 } as const;
