/** The release of Weir that this code is of; processes tell it, so that one that was left behind is found. */
export const release = "0.1.0";

/** The header of answers about health that names it. */
export const releaseHeader = "weir-release";
