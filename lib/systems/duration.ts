import type { Format } from './format';

const seconds: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ns: 1e-9,
};

const part = /(\d+\.?\d*|\.\d+)(h|ms|m|us|µs|μs|ns|s)/;
const whole = new RegExp(`^[-+]?(?:0|(?:${part.source})+)$`);
const parts = new RegExp(part, 'g');

/** A duration as Go reads it, such as 1h30m, in seconds; undefined for what is none. (https://pkg.go.dev/time#ParseDuration) */
export function parseDuration(text: string): number | undefined {
  if (!whole.test(text)) return undefined;
  const sum = [...text.matchAll(parts)].reduce(
    (all, [, count, unit = '']) => all + Number(count) * (seconds[unit] ?? 0),
    0,
  );
  return text.startsWith('-') ? -sum : sum;
}

/** Durations in Flux's API. (kustomizations: pattern of spec.interval) */
export const fluxDuration: Format = {
  allowed: 'a duration of numbers with the units ms, s, m or h, without spaces',
  example: '"1h" or "2m30s"',
  accepts: (text) => /^(?:[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h))+$/.test(text),
};
