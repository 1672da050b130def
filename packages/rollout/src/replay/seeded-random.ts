/** Numbers in [0, 1) that a seed (0 to 1, exclusive) repeats. */
export { randomLcg as seededRandom } from "d3-random";
