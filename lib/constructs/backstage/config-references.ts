import { readYamlText } from './yaml-text';

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

/** Finds them in YAML. Comments are no part of it; keys that contain `${…}` are taken for values. */
export function referencesInText(text: string): ConfigReferences {
  const { content, structure } = readYamlText(text);
  const variables = content.split('\n').flatMap((line, i) => variablesIn(line, `line ${i + 1}`));
  const files: ConfigReference[] = [];
  for (const [i, line] of structure.split('\n').entries()) {
    const [, , kind, value] = /(?:^|[\s{])(["']?)\$(env|file|include)\1\s*:\s*(\S.*)$/.exec(line) ?? [];
    if (kind === undefined || value === undefined) continue;
    const at = `line ${i + 1}`;
    addInclude(kind, value.replace(/^(["'])(.*?)\1.*$|\s*[,}]?\s*$/, '$2'), at, { variables, files });
  }
  return { variables: sorted(variables), files };
}

/** Finds them in the values of an object. */
export function referencesInValue(value: unknown, at = ''): ConfigReferences {
  if (typeof value === 'string') return { variables: variablesIn(value, at), files: [] };
  if (typeof value !== 'object' || value === null) return { variables: [], files: [] };
  const variables: ConfigReference[] = [];
  const files: ConfigReference[] = [];
  for (const [key, child] of Object.entries(value)) {
    const path = Array.isArray(value) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`;
    const found = referencesInValue(child, path);
    variables.push(...found.variables);
    files.push(...found.files);
    const [, kind] = /^\$(env|file|include)$/.exec(key) ?? [];
    if (kind !== undefined && typeof child === 'string') addInclude(kind, child, path, { variables, files });
  }
  return { variables, files };
}

function variablesIn(text: string, at: string): ConfigReference[] {
  return (text.match(substitution) ?? [])
    .filter((found) => !found.startsWith('$$') && !found.includes(':-'))
    .map((found) => ({ name: found.slice(2, -1).trim(), at }));
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

/** By line: those of `$env` come last otherwise. */
function sorted(references: readonly ConfigReference[]): ConfigReference[] {
  const line = ({ at }: ConfigReference) => Number(at.slice('line '.length));
  return [...references].sort((a, b) => line(a) - line(b));
}
