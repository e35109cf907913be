/** What an app-config takes from its surroundings, and where. */
export interface ConfigReference {
  /** A variable's name, or a file's path. */
  readonly name: string;
  /** `line 12`, or the path of the value: `backend.database.connection.host`. */
  readonly at: string;
}

export interface ConfigReferences {
  /** Variables that must be set; those with a fallback need not be. */
  readonly variables: readonly ConfigReference[];
  /** Files that are read by `$file` and `$include`. */
  readonly files: readonly ConfigReference[];
}

/*
 * The rules of @backstage/config-loader 1.11 (sources/transform/substitution, include): in any string, `${NAME}` and
 * `${NAME:-fallback}` are variables and `$${…}` is `${…}`. A value whose variable is not set is left out as a whole.
 * An object with the only key `$env`, `$file` or `$include` stands for what that names.
 */
const substitution = /\$?\$\{[^{}]*\}/g;

/** Where a text is found, by the path of the value that holds it. */
export type Place = (path: readonly string[], text: string) => string;

/** The path as a person writes it: `integrations.github[0].token`. */
export const dotted: Place = (path) =>
  path.map((part, i) => (/^[0-9]+$/.test(part) ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');

/** Finds them in the values of an object. */
export function referencesIn(value: unknown, place: Place = dotted, path: readonly string[] = []): ConfigReferences {
  if (typeof value === 'string') {
    return { variables: variablesIn(value).map(([text, name]) => ({ name, at: place(path, text) })), files: [] };
  }
  if (typeof value !== 'object' || value === null) return { variables: [], files: [] };
  const variables: ConfigReference[] = [];
  const files: ConfigReference[] = [];
  for (const [key, child] of Object.entries(value)) {
    const below = [...path, key];
    const found = referencesIn(child, place, below);
    variables.push(...found.variables);
    files.push(...found.files);
    const [, kind] = /^\$(env|file|include)$/.exec(key) ?? [];
    if (kind !== undefined && typeof child === 'string') {
      addInclude(kind, child, place(below, child), { variables, files });
    }
  }
  return { variables, files };
}

/** Each as it is written, and its name. */
function variablesIn(text: string): [text: string, name: string][] {
  return (text.match(substitution) ?? [])
    .filter((found) => !found.startsWith('$$') && !found.includes(':-'))
    .map((found) => [found, found.slice(2, -1).trim()]);
}

/** What `$env: NAME` and `$file: PATH` name; where that is a variable itself, it has been found already. */
function addInclude(
  kind: string,
  value: string,
  at: string,
  { variables, files }: { variables: ConfigReference[]; files: ConfigReference[] },
): void {
  if (value.includes('${')) return;
  if (kind === 'env') variables.push({ name: value, at });
  else files.push({ name: value, at });
}
