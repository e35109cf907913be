import { type Alias, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import type { Json } from '../../../json/json';
import { memoize } from '../../../text/memoize';
import { Comments } from './comments';
import {
  type ObjectType,
  openObject,
  textOrNumber,
  unionOf,
  unknownType,
  type ValueKey,
  type ValueType,
} from './value-type';

/** Deeper, and more of them, nobody writes values; aliases may make of a few lines as many as they like. */
const deepest = 60;
const most = 20_000;

/**
 * The types that the default values of a chart show: what is there may be replaced by what is like it, at any depth. What is empty
 * (`{}`, `[]`, null) shows nothing, and takes anything of its kind.
 *
 * @returns undefined for what is no map of values
 */
export function defaultTypes(text: string): ObjectType | undefined {
  return new Defaults(text).type();
}

class Defaults {
  private readonly lines = new LineCounter();
  private readonly comments: Comments;
  private seen = 0;
  private readonly document: ReturnType<typeof parseDocument>;

  constructor(text: string) {
    // Helm reads YAML 1.1 (sigs.k8s.io/yaml).
    const options = { version: '1.1', lineCounter: this.lines, uniqueKeys: false, logLevel: 'silent' } as const;
    this.document = parseDocument(text, options);
    this.comments = new Comments(text);
  }

  type(): ObjectType | undefined {
    const { contents, errors } = this.document;
    return isMap(contents) && errors.length === 0 ? this.map(contents, []) : undefined;
  }

  private map(map: YAMLMap, path: readonly string[]): ObjectType {
    if (map.items.length === 0 || path.length > deepest) return openObject;
    const keys = new Map<string, ValueKey>();
    for (const { key, value } of map.items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      const node = this.node(value);
      if (name === '<<') {
        if (isMap(node))
          for (const [merged, type] of this.map(node, path).keys) if (!keys.has(merged)) keys.set(merged, type);
        continue;
      }
      const below = [...path, name];
      const { line, col } = this.lines.linePos(key.range?.[0] ?? 0);
      keys.set(name, {
        type: this.ofNode(node, below),
        doc: this.comments.of(below, line - 1, col - 1),
        default: plain(node),
        removable: plain(node) !== null,
      });
    }
    return { type: 'object', keys, others: 'unsaid' };
  }

  private node(value: unknown): Node | undefined {
    const node = isAlias(value) ? this.resolved(value) : value;
    return isScalar(node) || isMap(node) || isSeq(node) ? node : undefined;
  }

  /** Kept: to find an anchor, the whole document is walked. */
  private readonly resolved = memoize((alias: Alias) => alias.resolve(this.document));

  private ofNode(node: Node | undefined, path: readonly string[]): ValueType {
    this.seen += 1;
    if (this.seen > most) return unknownType;
    if (isMap(node)) return this.map(node, path);
    if (isSeq(node)) {
      if (path.length > deepest) return unknownType;
      const items = node.items.map((item) => this.ofNode(this.node(item), [...path, '*']));
      return { type: 'list', item: items.length === 0 ? unknownType : likeAll(items) };
    }
    return isScalar(node) ? scalarType(node.value, path.at(-1) ?? '') : unknownType;
  }
}

/** What is like each of the items: of objects one with all their keys. */
function likeAll(items: readonly ValueType[]): ValueType {
  const objects = items.filter((item) => item.type === 'object');
  if (objects.length === 0) return unionOf(items);
  if (objects.length < items.length) return unknownType;
  const keys = new Map<string, ValueKey>();
  for (const { keys: own } of objects) {
    for (const [name, key] of own) {
      const known = keys.get(name);
      // One item's default is none of the next.
      const type = known === undefined ? key.type : likeAll([known.type, key.type]);
      keys.set(name, { type, doc: known?.doc ?? key.doc });
    }
  }
  return { type: 'object', keys, others: 'unsaid' };
}

/** Quantities, and ports and shares, which are numbers or texts in Kubernetes (resource.Quantity, intstr.IntOrString). */
const quantity = /(?:cpu|memory|storage|size|port|surge|unavailable|available|limit|request)s?$/i;

function scalarType(value: unknown, key: string): ValueType {
  switch (typeof value) {
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
    case 'bigint':
      return quantity.test(key) ? textOrNumber : { type: 'number' };
    case 'string':
      // An empty text stands for nothing, whatever would stand there; "80" may as well be 80.
      return value === '' || /^[\d.]+[A-Za-z]{0,2}$/.test(value) ? textOrNumber : { type: 'text' };
    default:
      return value instanceof Date ? { type: 'text' } : unknownType;
  }
}

/** Scalars and short lists of them, as what they are. */
function plain(node: Node | undefined): Json | undefined {
  if (isScalar(node)) {
    const { value } = node;
    return value === null || ['string', 'number', 'boolean'].includes(typeof value) ? (value as Json) : undefined;
  }
  if (isMap(node)) return node.items.length === 0 ? {} : undefined;
  if (!isSeq(node) || !node.items.every(isScalar)) return undefined;
  return node.items.map((item) => (item as { value: Json }).value);
}
