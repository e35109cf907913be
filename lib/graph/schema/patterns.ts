import type { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS | undefined>();

/** The regular expression in RE2's syntax, as Kubernetes reads it; undefined when it is none. It takes linear time on any text. */
export function pattern(source: string): RE2JS | undefined {
  if (!compiled.has(source)) compiled.set(source, compile(source));
  return compiled.get(source);
}

function compile(source: string): RE2JS | undefined {
  // Loaded when the first pattern is asked for.
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    return RE2JS.compile(source);
  } catch {
    return undefined;
  }
}

const nouns: Readonly<Record<string, string>> = {
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$':
    'a quantity such as 2, 500m or 1Gi',
  '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$': 'a duration such as 10m or 1h30m',
  '^([0-9]+(\\.[0-9]+)?(ms|s|m))+$': 'a duration such as 10m or 1m30s, without hours',
};

/** What a text must be to match, where that is said more simply than by the regular expression. */
export function patternText(source: string): string {
  return Object.hasOwn(nouns, source) ? `must be ${nouns[source]}` : `must match ${source}`;
}
