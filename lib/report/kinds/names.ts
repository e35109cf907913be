import type { ObjectType, ValueType } from '../../systems/helm/value-types/value-type';
import { pascal } from '../typescript';

/**
 * The types that get a name, that of each kind, and those that are too long to be said where they
 * are used. What several kinds or fields have in common is named after the field that has it most often.
 *
 * @param kinds by `apiVersion/kind`, sorted
 * @param reserved names that are taken
 */
export function namesOf(
  kinds: readonly (readonly [string, ObjectType])[],
  reserved: readonly string[],
): Map<ObjectType, string> {
  const fields = fieldsOf(kinds.map(([, type]) => type));
  const names = new Map<ObjectType, string>();
  const taken = new Set(reserved);
  const give = (type: ObjectType, candidates: readonly string[]) => {
    const free =
      candidates.find((name) => name !== '' && !taken.has(name)) ?? numbered(candidates.at(-1) as string, taken);
    taken.add(free);
    names.set(type, free);
  };
  for (const [id, type] of kinds) give(type, namesOfKind(id));
  const roots = new Set(kinds.map(([, type]) => type));
  /** Names those parts of a type that have none, and returns them. */
  const nameParts = (owner: ObjectType, ownName: string): ObjectType[] =>
    partsOf(owner).flatMap(([type, field]) => {
      if (names.has(type) || isShort(type)) return [];
      const uses = fields.get(type) ?? [];
      const common = words(mostFrequent(uses));
      give(type, uses.length > 1 && !roots.has(owner) ? [common, ownName + common] : [ownName + words(field)]);
      return [type];
    });
  // Level by level: what is a kind's own field is named after that kind, not after one that has it further below.
  for (let level = kinds.map(([, type]) => type); level.length > 0; ) {
    const below: ObjectType[] = [];
    for (const owner of level) below.push(...nameParts(owner, names.get(owner) as string));
    level = below;
  }
  return names;
}

/** What the type of a kind may be called, the best first. */
export function namesOfKind(id: string): readonly string[] {
  const [kind = '', version = '', group = ''] = id.split('/').reverse().map(words);
  return [kind, kind + version, kind + group + version];
}

/** The fields that have each type, one for each place. */
function fieldsOf(roots: readonly ObjectType[]): ReadonlyMap<ObjectType, readonly string[]> {
  const fields = new Map<ObjectType, string[]>();
  const visit = (type: ObjectType): void => {
    for (const [part, field] of partsOf(type)) {
      const known = fields.get(part);
      if (known !== undefined) known.push(field);
      else {
        fields.set(part, [field]);
        visit(part);
      }
    }
  };
  for (const root of roots) visit(root);
  return fields;
}

/** The objects among the parts of a type, each with its field; of a list or map that has several the field's name without its `s`. */
function partsOf({ keys, others }: ObjectType): [ObjectType, string][] {
  const found: [ObjectType, string][] = [];
  const add = (type: ValueType, field: string): void => {
    if (type.type === 'object') {
      // A map is no type of its own.
      if (type.keys.size > 0) found.push([type, field]);
      else if (typeof type.others === 'object') add(type.others, singular(field));
    } else if (type.type === 'list') add(type.item, singular(field));
    else if (type.type === 'union') for (const member of type.members) add(member, field);
  };
  for (const [name, { type }] of keys) add(type, name);
  if (typeof others === 'object') add(others, 'value');
  return found;
}

/** Whether a type is short enough to be said where it is used. */
export function isShort(type: ObjectType): boolean {
  return type.keys.size === 0 || (type.keys.size <= 2 && partsOf(type).length === 0);
}

function mostFrequent(fields: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const field of fields) counts.set(field, (counts.get(field) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? '';
}

function singular(field: string): string {
  if (/(?:ss|us|is)$/.test(field)) return field;
  return field.replace(/ies$/, 'y').replace(/(?<=x|ch|sh|ss)es$|s$/, '');
}

/** `pod-monitor.v1` → `PodMonitorV1`: a part of a name. */
function words(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map(pascal)
    .join('')
    .replace(/^(?=\d)/, 'N');
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  for (let i = 2; ; i += 1) if (!taken.has(`${name}${i}`)) return `${name}${i}`;
}
