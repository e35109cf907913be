import type { RE2JS } from 're2js';
import { memoizeText } from '../../text/memoize';

/** The regular expression in RE2's syntax, as Kubernetes reads it; undefined when it is none. It takes linear time on any text. */
export const pattern = memoizeText((source): RE2JS | undefined => {
  // Loaded when the first pattern is asked for.
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    return RE2JS.compile(source);
  } catch {
    return undefined;
  }
});

const quantity =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$';
const duration = '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$';
const shortDuration = '^([0-9]+(\\.[0-9]+)?(ms|s|m))+$';
const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;

const plainSources = [
  `^${label}$`,
  `^${subdomain}$`,
  `^$|^${subdomain}$`,
  `^(\\*\\.)?${subdomain}$`,
  '^[-._a-zA-Z0-9]+$',
  '^[\\-._a-zA-Z0-9]+$',
  '^[a-z0-9-]+$',
  '^[a-z0-9]([-a-z0-9_]*[a-z0-9])?$',
  '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$',
  '^[a-zA-Z_][a-zA-Z0-9_]*$',
  duration,
  shortDuration,
  quantity,
];
/** In RE2 a dot is any character but a line feed; in JavaScript there are more line breaks. */
const addresses = ['^oci://.*$', '^(http|https)://.*$', '^(http|https|oci)://.*$', '^(http|https|ssh)://.*$'];

/**
 * Patterns that most trees are asked for, and that JavaScript reads as RE2 does: nothing but characters, in an order that leaves
 * one way to match, so that they take linear time there as well. With them alone, the engine is not loaded.
 */
export const plainPatterns: ReadonlyMap<string, RegExp> = new Map([
  ...plainSources.map((source) => [source, new RegExp(source)] as const),
  ...addresses.map((source) => [source, new RegExp(source.replace('.*', '[^\\n]*'))] as const),
]);

/** Of longer texts JavaScript may run out of memory for the ways back. */
const longestPlain = 1000;

/** Whether a text matches a pattern; undefined when it is none. */
export function matches(source: string, text: string): boolean | undefined {
  const own = text.length <= longestPlain ? plainPatterns.get(source) : undefined;
  return own === undefined ? pattern(source)?.test(text) : own.test(text);
}

const nouns: Readonly<Record<string, string>> = {
  [quantity]: 'a quantity such as 2, 500m or 1Gi',
  [duration]: 'a duration such as 10m or 1h30m',
  [shortDuration]: 'a duration such as 10m or 1m30s, without hours',
};

/** What a text must be to match, where that is said more simply than by the regular expression. */
export function patternText(source: string): string {
  return Object.hasOwn(nouns, source) ? `must be ${nouns[source]}` : `must match ${source}`;
}
