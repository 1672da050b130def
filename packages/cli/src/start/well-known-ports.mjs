/**
 * The ports of a Weir started with no flag (DESIGN, section 6). `--port P` moves every one of them by P - 3000, so
 * that two starts live side by side.
 */
export const wellKnownPorts = /** @type {const} */ ({
  console: 3000,
  otlpGrpc: 4317,
  otlpHttp: 4318,
  zipkin: 9411,
  controller: 4600,
  shop: 8080,
  postgres: 54_329,
});

/** @typedef {Record<keyof typeof wellKnownPorts, number>} WellKnownPorts */

/**
 * @param {number} consolePort
 * @returns {WellKnownPorts}
 */
export function shiftedPorts(consolePort) {
  const shift = consolePort - wellKnownPorts.console;
  return {
    console: consolePort,
    otlpGrpc: wellKnownPorts.otlpGrpc + shift,
    otlpHttp: wellKnownPorts.otlpHttp + shift,
    zipkin: wellKnownPorts.zipkin + shift,
    controller: wellKnownPorts.controller + shift,
    shop: wellKnownPorts.shop + shift,
    postgres: wellKnownPorts.postgres + shift,
  };
}

const highestConsolePort = 65_535 - (wellKnownPorts.postgres - wellKnownPorts.console);

/**
 * Why a number cannot be the console's port, or undefined.
 *
 * @param {number} port
 */
export function portProblem(port) {
  if (Number.isInteger(port) && port >= 1 && port <= highestConsolePort) return undefined;
  return `must be a whole number from 1 to ${highestConsolePort} (the other ports move along with it)`;
}
