import { inBinary, inMilliseconds } from "./units.ts";

/** Numbers as they stand in the console: always with their unit, at most three digits that mean something. */

const thin = "\u202f";
const none = "\u2013";

/** Requests per second: `12.1 rps`, `1.2k rps`, `0 rps`. */
export function formatRate(perSecond: number | undefined): string {
  return perSecond === undefined ? none : `${threeDigits(perSecond)}${thin}rps`;
}

/** A duration given in seconds: `840 µs`, `12.4 ms`, `1.25 s`, `2.1 min`; or all of them in milliseconds: `1,254 ms`. */
export function formatSeconds(seconds: number | undefined | null): string {
  if (seconds === undefined || seconds === null) return none;
  if (seconds === 0) return `0${thin}ms`;
  if (inMilliseconds()) return milliseconds(seconds, threeDigits);
  if (seconds < 0.000_999_5) return `${threeDigits(seconds * 1e6)}${thin}µs`;
  if (seconds < 0.999_5) return `${threeDigits(seconds * 1e3)}${thin}ms`;
  if (seconds < 119.5) return `${threeDigits(seconds)}${thin}s`;
  return `${threeDigits(seconds / 60)}${thin}min`;
}

/** A rate where there is little room: `5.3 rps`, `24 rps`. */
export function briefRate(perSecond: number): string {
  return perSecond < 100 && perSecond >= 0.1 ? `${brief(perSecond)}${thin}rps` : formatRate(perSecond);
}

/** A duration where there is little room: `8.3 ms`, `128 ms`, `1.3 s`; or `1,254 ms`. */
export function briefSeconds(seconds: number | undefined): string {
  if (seconds === undefined || seconds < 0.001 || seconds >= 119.5) return formatSeconds(seconds);
  if (inMilliseconds()) return milliseconds(seconds, brief);
  return seconds < 0.999_5 ? `${brief(seconds * 1e3)}${thin}ms` : `${brief(seconds)}${thin}s`;
}

/** Where no other unit is wanted, all digits before the point stand. */
function milliseconds(seconds: number, few: (value: number) => string): string {
  const ms = seconds * 1e3;
  return `${ms < 999.5 ? few(ms) : grouped(Math.round(ms))}${thin}ms`;
}

/** The same as {@link formatSeconds} for a duration in nanoseconds. */
export function formatNs(ns: number | bigint): string {
  return formatSeconds(Number(ns) / 1e9);
}

/**
 * A share of 0 to 1 as per cent. A little is never shown as nothing and nearly all never as all: `< 0.01 %`,
 * `> 99.9 %`.
 */
export function formatShare(share: number | undefined): string {
  if (share === undefined || Number.isNaN(share)) return none;
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return `<${thin}0.01${thin}%`;
  if (percent > 99.9 && percent < 100) return `>${thin}99.9${thin}%`;
  const digits = percent < 1 ? 2 : percent < 10 || (percent >= 99.5 && percent < 100) ? 1 : 0;
  return `${trimZeros(percent.toFixed(digits))}${thin}%`;
}

/** A count: `706`, `12,480`, `1.3M`. */
export function formatCount(count: number | undefined): string {
  if (count === undefined) return none;
  return count < 100_000 ? grouped(Math.round(count)) : threeDigits(count);
}

/** Bytes in powers of 1,000: `812 B`, `14.2 kB`; or of 1,024: `13.9 KiB`. */
export function formatBytes(bytes: number): string {
  const binary = inBinary();
  const power = binary ? 1_024 : 1_000;
  const unit = binary ? ["B", "KiB", "MiB", "GiB", "TiB"] : ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let step = 0;
  while (value >= power - 0.5 && step < unit.length - 1) {
    value /= power;
    step++;
  }
  return `${threeDigits(value)}${thin}${unit[step]}`;
}

/** `1 request`, `2 requests`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** By hand: `toLocaleString` costs a page 20 ms at its first use, while it is being drawn. */
function grouped(count: number): string {
  return `${count}`.replace(/\B(?=(\d{3})+$)/g, ",");
}

function brief(value: number): string {
  return value < 9.95 ? trimZeros(value.toFixed(1)) : value.toFixed(0);
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 999_500) return `${trimZeros((value / 1e6).toPrecision(3))}M`;
  if (size >= 9_995) return `${trimZeros((value / 1e3).toPrecision(3))}k`;
  if (size >= 99.95) return value.toFixed(0);
  if (size >= 9.995) return trimZeros(value.toFixed(1));
  if (size >= 0.01 || size === 0) return trimZeros(value.toFixed(2));
  return `<${thin}0.01`;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
