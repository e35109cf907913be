import type { Path } from '../../json/json';
import { isJsonObject, type Json } from '../../json/json';

/** A variable that an app-config reads, and the value that is left out where it is not set. */
export interface VariableReference {
  readonly variable: string;
  /** `${POSTGRES_HOST}` as it is written. */
  readonly written: string;
  readonly path: Path;
}

/** `${NAME}` and `${NAME:-fallback}`; `$${…}` is `${…}` itself (@backstage/config-loader sources/transform/substitution). */
const substitution = /\$?\$\{[^{}]*\}/g;

/** Every variable that must be set. Those with a fallback need not be. */
export function* variablesIn(value: Json | undefined, path: Path = []): Generator<VariableReference> {
  if (typeof value === 'string') {
    for (const [written] of value.matchAll(substitution)) {
      if (written.startsWith('$$') || written.includes(':-')) continue;
      yield { variable: written.slice(2, -1).trim(), written, path };
    }
  } else if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Json[]).entries()) yield* variablesIn(item, [...path, i]);
  } else if (isJsonObject(value)) {
    const { $env: name } = value;
    if (typeof name === 'string' && !name.includes('${')) yield { variable: name, written: `$env: ${name}`, path };
    for (const [key, item] of Object.entries(value)) yield* variablesIn(item, [...path, key]);
  }
}

/** A text with its variables filled in; undefined where one is not known. */
export function resolve(text: string, of: (variable: string) => string | undefined): string | undefined {
  let known = true;
  const resolved = text.replace(substitution, (written) => {
    if (written.startsWith('$$')) return written.slice(1);
    const [name = '', ...fallback] = written.slice(2, -1).split(':-');
    const value = of(name.trim()) || (fallback.length > 0 ? fallback.join(':-').trim() : undefined);
    known &&= value !== undefined;
    return value ?? '';
  });
  return known ? resolved : undefined;
}

/** `integrations.github[0].token` */
export function dotted(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}
