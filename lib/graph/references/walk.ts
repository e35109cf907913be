import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import type { GroupKind } from '../../systems/api-version';
import { groupKind } from '../../systems/api-version';
import { rowsOf } from '../../systems/references';
import type { Row, Rows } from '../../systems/references/row';
import { memoize, memoizeText } from '../../text/memoize';

/** Rows by the steps that lead to them, so that each value on the way is looked at once: most of the fields are not there. */
interface Node {
  readonly fields: Map<string, Node>;
  /** Of every entry of a list. */
  each?: Node;
  /** Of every field of an object. */
  any?: Node;
  /** Of fields anywhere below, by the end of their name in lower case. */
  readonly deep: (readonly [end: string, row: Row])[];
  readonly rows: Row[];
}

/** Says what stands at a field of some row. */
export type Visit = (row: Row, value: Json, path: Path) => void;

/** Visits the values of an object that refer to something. */
export function visitObject(object: GroupKind & { readonly value: JsonObject }, visit: Visit): void {
  const node = nodeOf(groupKind(object))(object);
  if (node !== undefined) follow(object.value, node, [], visit);
}

/** Visits the values that some rows lead to. */
export function visitRows(rows: Rows, value: Json, path: Path, visit: Visit): void {
  follow(value, nodeOfRows(rows), [...path], visit);
}

const nodeOf = memoizeText(() => {
  let known: { readonly node: Node | undefined } | undefined;
  return (kind: GroupKind) => {
    if (known === undefined) {
      const rows = rowsOf(kind);
      known = { node: rows && nodeOfRows(rows) };
    }
    return known.node;
  };
});

const nodeOfRows = memoize((rows: Rows): Node => {
  const top = emptyNode();
  for (const [path, row] of Object.entries(rows)) {
    let node = top;
    for (const [step, inBrackets] of path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)) {
      if (step.startsWith('**')) {
        node.deep.push([step.slice(2).toLowerCase(), row]);
        break;
      }
      if (step === '[]') node = node.each ??= emptyNode();
      else if (step === '*') node = node.any ??= emptyNode();
      else {
        const field = inBrackets ?? step;
        const next = node.fields.get(field) ?? emptyNode();
        node.fields.set(field, next);
        node = next;
      }
    }
    if (!path.includes('**')) node.rows.push(row);
  }
  return top;
});

function emptyNode(): Node {
  return { fields: new Map(), deep: [], rows: [] };
}

/** `way` is changed on the way, and handed on as it is: who keeps it copies it. */
function follow(value: Json, node: Node, way: (string | number)[], visit: Visit): void {
  for (const row of node.rows) visit(row, value, way);
  if (Array.isArray(value)) {
    if (node.each === undefined) return;
    for (let i = 0; i < value.length; i += 1) {
      way.push(i);
      follow(value[i] as Json, node.each, way, visit);
      way.pop();
    }
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [field, next] of node.fields) {
    const inner = value[field];
    if (inner === undefined) continue;
    way.push(field);
    follow(inner, next, way, visit);
    way.pop();
  }
  if (node.any !== undefined) {
    for (const field of Object.keys(value)) {
      way.push(field);
      follow(value[field] as Json, node.any, way, visit);
      way.pop();
    }
  }
  if (node.deep.length > 0) search(value, node.deep, way, visit);
}

/** Looks for fields by the end of their names, and not within what is found and names something: `auth.secretRef.tokenSecretRef`. */
function search(value: Json, ends: Node['deep'], way: (string | number)[], visit: Visit): void {
  const isList = Array.isArray(value);
  if (!isList && !isJsonObject(value)) return;
  for (const [field, inner] of Object.entries(value as Record<string, Json>)) {
    way.push(isList ? Number(field) : field);
    const found = isList ? undefined : ends.find(([end]) => field.toLowerCase().endsWith(end));
    const isGroup = isJsonObject(inner) && inner[found?.[1].name ?? 'name'] === undefined;
    if (found !== undefined && !isGroup) visit(found[1], inner, way);
    else search(inner, ends, way, visit);
    way.pop();
  }
}
