import type { ObjectType, ValueKey, ValueType } from './value-type';

/**
 * The types that a schema says (or a chart above) over those that default values show: where it says nothing, what they show counts.
 * What is known only by its name is written out where the defaults say more of it.
 */
export function overlay(said: ValueType, shown: ValueType, resolved: (type: ValueType) => ValueType): ValueType {
  if (said.type === 'unknown') return shown;
  if (shown.type !== 'object') return said;
  if (said.type === 'named') {
    const known = resolved(said);
    return shown.keys.size > 0 && known.type === 'object' ? overlayObjects(known, shown, resolved) : said;
  }
  if (said.type === 'object') return overlayObjects(said, shown, resolved);
  if (said.type !== 'union') return said;
  const objects = said.members.filter((member) => resolved(member).type === 'object');
  if (objects.length !== 1) return said;
  return {
    ...said,
    members: said.members.map((member) => (member === objects[0] ? overlay(member, shown, resolved) : member)),
  };
}

/** In the order of the defaults, which people know. */
function overlayObjects(said: ObjectType, shown: ObjectType, resolved: (type: ValueType) => ValueType): ObjectType {
  // Keys of a map are examples.
  const isMap = said.keys.size === 0 && typeof said.others === 'object' && said.others.type !== 'unknown';
  if (isMap) return said;
  const keys = new Map<string, ValueKey>();
  for (const [name, key] of shown.keys) {
    const known = said.keys.get(name);
    keys.set(name, known === undefined ? key : joinKeys(known, key, resolved));
  }
  for (const [name, key] of said.keys) if (!keys.has(name)) keys.set(name, key);
  return { type: 'object', keys, others: said.others === 'unsaid' ? shown.others : said.others };
}

/** What is said of a key, and what is shown where nothing is said; a default is what is shown. */
export function joinKeys(said: ValueKey, shown: ValueKey, resolved: (type: ValueType) => ValueType): ValueKey {
  return {
    ...said,
    type: overlay(said.type, shown.type, resolved),
    doc: said.doc ?? shown.doc,
    removable: shown.removable,
    default: shown.default === undefined ? said.default : shown.default,
  };
}
