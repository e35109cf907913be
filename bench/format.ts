import type { Spread } from './statistics';

/** Three digits that count: 0.0123 s as `12.3 ms`, 17.2 s as such. */
export function seconds(value: number): string {
  if (value < 0.9995) return `${digits(value * 1000)} ms`;
  return `${digits(value)} s`;
}

/** Bytes, as MiB. */
export function memory(bytes: number): string {
  return `${digits(bytes / 2 ** 20)} MiB`;
}

/** `1.2 s (1.1 s to 1.4 s)`; one value where there was one run. */
export function withSpread({ median, min, max }: Spread, format: (value: number) => string): string {
  return min === max ? format(median) : `${format(median)} (${format(min)} to ${format(max)})`;
}

export function times(ratio: number): string {
  return `${digits(ratio)}×`;
}

export function apps(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'app' : 'apps'}`;
}

function digits(value: number): string {
  if (value >= 99.95) return Math.round(value).toLocaleString('en');
  return value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}
