import type { Json, Path } from '../../json/json';
import { isJsonObject } from '../../json/json';

/** What Backstage's app-configs are, as @backstage/config-loader 1.11 reads them. */

/** The port of create-app's backend.listen. */
export const backstagePort = 7007;

/** Of create-app's image, which its command loads. */
export const imageConfigs: readonly string[] = ['app-config.yaml', 'app-config.production.yaml'];

/** Whether a file is an app-config by its name. */
export function isAppConfig(name: string): boolean {
  return /^app-config(?:[.-][\w.-]+)?\.ya?ml$/.test(name);
}

/** The variable that goes before what every file says of a setting. (sources/EnvConfigSource) */
export function variableOf(path: Path): string {
  return `APP_CONFIG_${path.join('_')}`;
}

/** Where Backstage keeps its plugins apart: a database each by default, or a schema each. (Backstage, Configuring Plugin Databases) */
export const databaseSettings: Path = ['backend', 'database'];

/** Something that an app-config takes from its surroundings. */
export interface ConfigReference {
  readonly of: 'variable' | 'file';
  /** A variable's name, or a file's path. */
  readonly name: string;
  /** As it is written: `${POSTGRES_HOST}`; the name itself where a key of its own says what it is. */
  readonly text: string;
  /** The setting that is left out as a whole where the variable is not set. */
  readonly path: Path;
  /** That key: `$env`, `$file` or `$include`, below the setting. */
  readonly by?: string;
}

/** In any text, `${NAME}` and `${NAME:-fallback}` are variables, and `$${…}` is `${…}` itself. (sources/transform/substitution) */
const substitution = /\$?\$\{[^{}]*\}/g;

/** Every file, and every variable that must be set: those with a fallback need not be. (sources/transform/include) */
export function* referencesIn(value: Json | undefined, path: Path = []): Generator<ConfigReference> {
  if (typeof value === 'string') {
    for (const [text] of value.matchAll(substitution)) {
      if (text.startsWith('$$') || text.includes(':-')) continue;
      yield { of: 'variable', name: text.slice(2, -1).trim(), text, path };
    }
  } else if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Json[]).entries()) yield* referencesIn(item, [...path, i]);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      // Where what is named is a variable itself, it is found below.
      if (/^\$(?:env|file|include)$/.test(key) && typeof item === 'string' && !item.includes('${'))
        yield { of: key === '$env' ? 'variable' : 'file', name: item, text: item, path, by: key };
      yield* referencesIn(item, [...path, key]);
    }
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

/** Variables that the image of Backstage, Node's or Kubernetes sets. */
export const setByOthers =
  /^(?:PATH|HOME|HOSTNAME|PWD|USER|LANG|TZ|PORT|PYTHON|BACKSTAGE_ENV|(?:NODE|YARN|KUBERNETES|NPM)_\w+)$/;
