import type { Json } from '../../json/json';
import {
  type ObjectType,
  unionOf,
  unknownType,
  type ValueKey,
  type ValueType,
} from '../../systems/helm/value-types/value-type';
import { type Node, types } from './node';
import type { KindSchema } from './validate';

/**
 * The types of kinds, by `apiVersion/kind`: what their schemas say of fields, as far as a type can. What the checker takes is of the
 * type; a field that it does not know, and a value that is not among those that there are, is not. What is required is so in the entries
 * of lists and maps, which are given as a whole: elsewhere a patch may give it. What all objects have (`apiVersion`, `kind`,
 * `metadata`, `status`) is left out. Equal types are the same object, of whichever kinds they are.
 *
 * @param whole whether objects are given as a whole: then what is required is so everywhere
 */
export function kindTypes(schemas: readonly KindSchema[], whole = false): ReadonlyMap<string, ObjectType> {
  const read = typeReader();
  return new Map(
    schemas.map(({ apiVersion, kind, node }) => {
      const { keys, others } = read(node, whole) as ObjectType;
      const own = [...keys].filter(([name]) => !common.has(name));
      return [`${apiVersion}/${kind}`, { type: 'object', keys: new Map(own), others }];
    }),
  );
}

const common = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/** @returns reads a node, which may be that of an entry of a list or map */
function typeReader(): (node: Node, isEntry: boolean) => ValueType {
  const made = new Map<string, ValueType>();
  const numbers = new Map<ValueType, number>();
  /** The type that is equal to this one, whose parts are such already. */
  const same = <T extends ValueType>(type: T): T => {
    const text = JSON.stringify(type, (key, part) => {
      if (part instanceof Map) return [...part];
      return key !== '' && numbers.has(part) ? numbers.get(part) : part;
    });
    const known = made.get(text) as T | undefined;
    if (known !== undefined) return known;
    made.set(text, type);
    numbers.set(type, numbers.size);
    return type;
  };
  const union = (members: readonly ValueType[]) => same(unionOf(members));
  const knownTypes = [new Map<Node, ValueType>(), new Map<Node, ValueType>()] as const;
  const read = (node: Node, isEntry: boolean): ValueType => {
    const known = knownTypes[isEntry ? 1 : 0];
    let type = known.get(node);
    if (type === undefined) {
      // One that holds itself goes on as long as its objects do: there it is taken as given.
      known.set(node, unknownType);
      type = union(membersOf(node, isEntry));
      known.set(node, type);
    }
    return type;
  };
  const membersOf = (node: Node, isEntry: boolean): ValueType[] => {
    const orNull: ValueType[] = node.nullable ? [{ type: 'null' }] : [];
    const choices = choicesOf(node);
    if (choices !== undefined) return [...choices.map(literal), ...orNull].map(same);
    if (node.types === 0) return [node.fields.size > 0 ? objectOf(node, isEntry) : unknownType];
    const has = (bits: number) => (node.types & bits) !== 0;
    return [
      ...(has(types.string) ? [same<ValueType>({ type: 'text' })] : []),
      ...(has(types.number | types.integer) ? [same<ValueType>({ type: 'number' })] : []),
      ...(has(types.boolean) ? [same<ValueType>({ type: 'boolean' })] : []),
      ...(has(types.object) ? [objectOf(node, isEntry)] : []),
      ...(has(types.array)
        ? [same<ValueType>({ type: 'list', item: node.items ? read(node.items(), true) : unknownType })]
        : []),
      ...orNull.map(same),
    ];
  };
  const objectOf = (node: Node, isEntry: boolean): ObjectType => {
    const keys = [...node.fields].map(([name, field]): [string, ValueKey] => [
      name,
      keyOf(node, name, field(), isEntry),
    ]);
    // What is required need not be among the fields that are known.
    for (const name of isEntry ? node.required.filter((each) => !node.fields.has(each)) : []) {
      keys.push([name, { type: node.values ? read(node.values(), true) : unknownType, required: true }]);
    }
    // Null among the values of a map counts as not given.
    const further = node.values ? union([read(node.values(), true), { type: 'null' }]) : unknownType;
    const others = node.values || node.open ? further : 'none';
    return same({ type: 'object', keys: new Map(keys), others });
  };
  const keyOf = (node: Node, name: string, field: Node, isEntry: boolean): ValueKey => {
    const { default: given } = field.schema;
    const required = isEntry && node.required.includes(name) && given === undefined;
    const type = read(field, isEntry);
    // Null counts as not given, or is the checker's to judge.
    return {
      type: required ? type : union([type, same<ValueType>({ type: 'null' })]),
      default: given,
      required: required || undefined,
    };
  };
  return read;
}

/** The values that there are; a definition may say of a field twice which. */
function choicesOf({ schema, allOf }: Node): readonly Json[] | undefined {
  const all = [schema, ...allOf.map((part) => part().schema)].flatMap((each) =>
    Array.isArray(each.enum) ? [each.enum as readonly Json[]] : [],
  );
  return all.length === 0 ? undefined : all.reduce((some, others) => some.filter((value) => others.includes(value)));
}

function literal(value: Json): ValueType {
  if (value === null) return { type: 'null' };
  return typeof value === 'object' ? unknownType : { type: 'literal', value: value as string | number | boolean };
}
