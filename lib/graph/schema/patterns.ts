import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS | undefined>();

/** The regular expression in RE2's syntax, as Kubernetes reads it; undefined when it is none. It takes linear time on any text. */
export function pattern(source: string): RE2JS | undefined {
  if (!compiled.has(source)) compiled.set(source, compile(source));
  return compiled.get(source);
}

function compile(source: string): RE2JS | undefined {
  try {
    return RE2JS.compile(source);
  } catch {
    return undefined;
  }
}
