import { camel } from '../names';
import { namesOfCall } from '../print/constants';
import { Call, type Code, isCodeObject } from '../program';

/** A value that has its name. */
export interface NamedValue {
  readonly name: string;
  readonly code: Code;
}

/** What fields of charts are maps of, by names of their author's. */
const things: Readonly<Record<string, string>> = {
  probes: 'probe',
  persistence: 'volume',
  route: 'route',
  serviceMonitor: 'monitor',
};

/** Maps that are alike by chance, whole objects among them: what is in them may be the same on purpose. */
const maps = new Set([
  ...[
    '',
    'persistence',
    'route',
    'service',
    'serviceMonitor',
    'ingress',
    'env',
    'controllers',
    'containers',
    'main',
    'app',
  ],
  ...[
    'values',
    'metadata',
    'data',
    'labels',
    'matchLabels',
    'image',
    'ports',
    'kustomizationFile',
    'template',
    'components',
    'dependsOn',
  ],
]);

/** Fields that say nothing without the one around. */
const plain = new Set(['annotations', 'config', 'enabled', 'rules', 'settings', 'spec']);

/** What fields of charts are about. */
const about: Readonly<Record<string, string>> = { pod: 'pod', defaultPodOptions: 'pod', podSpec: 'pod' };

/**
 * A name for a value, by the field that has it most often: `podSecurityContext` of pod.securityContext, `livenessProbe` of
 * probes.liveness. Undefined where there is no good one.
 */
export function nameOfValue(
  code: Code,
  paths: readonly (readonly string[])[],
  named: readonly NamedValue[],
  free: (options: readonly string[]) => string | undefined,
): string | undefined {
  if (code instanceof Call) return free(namesOfCall(code));
  const own =
    isCodeObject(code) && typeof code.name === 'string' && /^[\w.-]+$/.test(code.name) ? camel(code.name) : undefined;
  const field = fieldOf(paths);
  if (own !== undefined) return free(field === 'dependsOn' ? [own] : [camel(`${own}-${singular(field)}`), own]);
  if (isCodeObject(code) && typeof code.url === 'string' && code.ref !== undefined)
    return free([camel(`${code.url.split('/').pop()}-chart`)]);
  const options = mostFrequent(paths.map((path) => namesBy(path).join(' '))).split(' ');
  const [base = ''] = options;
  if (base === '') return undefined;
  const other = named.find((each) => each.name === base);
  if (other === undefined) return free(options);
  const difference = differenceOf(code, other.code);
  if (difference === undefined) return undefined;
  return free([camel(/^(?:\d|with)/.test(difference) ? `${base}-${difference}` : `${difference}-${base}`)]);
}

/** The names that a field may give, the best first. */
function namesBy(path: readonly string[]): string[] {
  const isItem = path.at(-1) === '';
  const fields = path.filter((step) => step !== '');
  const [field = '', around = '', beyond = ''] = [...fields].reverse();
  if (maps.has(field) || (field === 'spec' && around === '')) return [];
  const thing = things[around];
  const base = thing ? `${field}-${thing}` : isItem ? singular(field) : field;
  const context = about[around] ?? around;
  const wide = `${context}-${base}`;
  const wider = things[beyond] ? `${context}-${things[beyond]}-${base}` : `${beyond}-${wide}`;
  const isPlain = plain.has(field) || about[around] !== undefined;
  return (isPlain ? (things[beyond] ? [wider] : [wide, wider]) : [base, wide]).map(camel);
}

/** The field that most have a value in. */
function fieldOf(paths: readonly (readonly string[])[]): string {
  return mostFrequent(paths.map((path) => path.filter((step) => step !== '').at(-1) ?? ''));
}

export function singular(text: string): string {
  return text
    .replace(/ies$/, 'y')
    .replace(/(?<=ss|x|ch|sh)es$/, '')
    .replace(/(?<!s)s$/, '');
}

/** What one map has and another does not: `with-seccompProfile`, `without-fsGroup`, or the first value that differs. */
export function differenceOf(code: Code, other: Code): string | undefined {
  if (Array.isArray(code) && Array.isArray(other)) return differenceOf(code[0] as Code, other[0] as Code);
  if (!isCodeObject(code) || !isCodeObject(other)) {
    const text = String(code).replace(/^\//, '');
    return /^[\w.-]{1,24}$/.test(text) && code !== other ? text : undefined;
  }
  const more = Object.keys(code).find((key) => !(key in other));
  if (more !== undefined) return `with-${shortened(more)}`;
  const less = Object.keys(other).find((key) => !(key in code));
  if (less !== undefined) return `without-${shortened(less)}`;
  for (const [key, value] of Object.entries(code)) {
    const difference = differenceOf(value, other[key] as Code);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Of a label or annotation whose it is: `goldilocks` of goldilocks.fairwinds.com/enabled. */
function shortened(field: string): string {
  return field.includes('/') ? (field.split('.')[0] as string) : field;
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
