import type { JsonObject } from '../../json/json';
import { keyFault, labelValue } from '../../systems/kubernetes/names';

/** A condition of a selector on one label. */
interface Requirement {
  readonly key: string;
  readonly operator: 'exists' | '!' | 'in' | 'notin' | '>' | '<';
  readonly values: readonly string[];
}

/**
 * What a label selector demands, as in `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>5` (k8s.io/apimachinery, pkg/labels/selector.go);
 * undefined for a text that is none.
 */
export function parseSelector(text: string): readonly Requirement[] | undefined {
  const requirements: Requirement[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const [all, requirement] = readRequirement(rest) ?? [];
    if (all === undefined || requirement === undefined || !isValid(requirement)) return undefined;
    requirements.push(requirement);
    rest = rest.slice(all.length).trim();
    if (rest === '') break;
    // A comma is followed by another.
    if (!/^,\s*\S/.test(rest)) return undefined;
    rest = rest.slice(1).trim();
  }
  return requirements;
}

export function isSelectedBy(requirements: readonly Requirement[], labels: JsonObject): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? textOf(labels[key]) : undefined;
    switch (operator) {
      case 'exists':
        return value !== undefined;
      case '!':
        return value === undefined;
      case 'in':
        return value !== undefined && values.includes(value);
      case 'notin':
        return value === undefined || !values.includes(value);
      case '>':
        return isInteger(value) && BigInt(value) > BigInt(values[0] as string);
      default:
        return isInteger(value) && BigInt(value) < BigInt(values[0] as string);
    }
  });
}

function readRequirement(text: string): [all: string, requirement: Requirement] | undefined {
  const listed = /^([^\s(),!=<>]+)\s+(in|notin)\s*\(([^()!=<>]*)\)/.exec(text);
  if (listed !== null) {
    const [all, key = '', operator, list = ''] = listed;
    const values = list.split(',').map((value) => value.trim());
    const isEmpty = values.length === 1 && values[0] === '';
    if (isEmpty || values.some((value) => /\s/.test(value))) return undefined;
    return [all, { key, operator: operator as 'in' | 'notin', values }];
  }
  const compared = /^([^\s(),!=<>]+)\s*(==?|!=|[<>])\s*([^\s(),!=<>]*)/.exec(text);
  if (compared !== null) {
    const [all, key = '', sign, value = ''] = compared;
    const operator = sign === '!=' ? 'notin' : sign === '<' || sign === '>' ? sign : 'in';
    return [all, { key, operator, values: [value] }];
  }
  const named = /^(!?)\s*([^\s(),!=<>]+)/.exec(text);
  return named === null
    ? undefined
    : [named[0], { key: named[2] ?? '', operator: named[1] === '!' ? '!' : 'exists', values: [] }];
}

function isValid({ key, operator, values }: Requirement): boolean {
  if (keyFault('label', key) !== undefined) return false;
  if (operator === '>' || operator === '<') return isInteger(values[0]);
  return values.every(labelValue.accepts);
}

function isInteger(text: string | undefined): text is string {
  return text !== undefined && /^-?\d{1,18}$/.test(text);
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? '' : String(value);
}
