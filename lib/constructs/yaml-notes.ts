import type { IConstruct } from 'constructs';
import type { Json, Path } from '../json/json';
import { pathText } from '../json/path-text';
import { nearest } from '../text/nearest';
import type { DocumentComments, FieldComment } from '../tree/tree';
import { type CommentPlace, takeComments, takeDocument } from './commented';
import { refuse } from './input-error';
import { isFile } from './scopes';

/** What the YAML says beside an object: for reviewers and editors, nothing that Kubernetes reads. */
export interface YamlNotes {
  /** A comment above the document. @default none */
  readonly comment?: string;
  /**
   * Comments on fields of the object, by path, such as `spec.values.replicas`, `spec.rules[0].host`, or `resources[./shop/ks.yaml]` for
   * an item that is a text; in values and specs, `commented(value, text)` says it in place. @default none
   */
  readonly comments?: Readonly<Record<string, string | { readonly text: string; readonly at: CommentPlace }>>;
  /** The address of the JSON Schema that editors check the document with; false for none. @default schemaHost of App */
  readonly schema?: string | false;
}

interface Noted extends YamlNotes {
  readonly fields: FieldComment[];
}

// By name: main.ts may load two copies of this library.
const NOTES = Symbol.for('cdk8s-espalier.yaml-notes');

function notedOn(construct: IConstruct): Noted | undefined {
  return (construct as IConstruct & { readonly [NOTES]?: Noted })[NOTES];
}

/**
 * Says something in the YAML of a construct that has no properties for it, such as one of cdk8s: of the object that it makes, or of
 * its folder's kustomization.yaml.
 *
 * @example
 * addYamlNotes(deployment, { comment: 'Moves to the new cluster in May', schema: false });
 */
export function addYamlNotes(construct: IConstruct, notes: YamlNotes): void {
  const { comment, comments, schema } = notes;
  if (comment === undefined && comments === undefined && schema === undefined) return;
  note(construct, { comment, comments, schema });
}

function note(construct: IConstruct, notes: YamlNotes): Noted {
  const all = { fields: [], ...notedOn(construct), ...notes };
  Object.defineProperty(construct, NOTES, { value: all, configurable: true });
  return all;
}

/**
 * A value without the comments in it, which are kept for the object that the construct makes.
 *
 * @param path where the value stands in that object
 */
export function uncommented<T>(construct: IConstruct, value: T, path: Path): T {
  const fields: FieldComment[] = [];
  const taken = takeComments(value, fields, path);
  if (fields.length > 0) note(construct, {}).fields.push(...fields);
  return taken;
}

/** A document as it is written, and what is said of it. */
export interface CommentedDocument {
  readonly document: Json;
  readonly comments: DocumentComments | undefined;
}

/**
 * What is said of a document: in its values, and by the constructs that it stands in.
 *
 * @param top the construct that the file is named after
 * @param said constructs whose comments stand above an earlier document
 * @throws EspalierError for a comment on a field that the object lacks
 */
export function commentsOf(
  json: Json,
  construct: IConstruct,
  top: IConstruct,
  said: Set<IConstruct>,
): CommentedDocument {
  const { document, fields } = takeDocument(json);
  const all = [...fields];
  const above: string[] = [];
  let schema: string | false | undefined;
  for (let at: IConstruct | undefined = construct; at; at = at === top ? undefined : at.node.scope) {
    const noted = notedOn(at);
    if (!noted) continue;
    if (noted.comment !== undefined && !said.has(at)) above.unshift(noted.comment);
    said.add(at);
    // Of several objects, such as a release and its source, one is what the construct is for.
    if (at !== construct && at.node.defaultChild !== construct && !isFile(at)) continue;
    schema ??= noted.schema;
    all.push(...noted.fields, ...ofFields(at, document, noted.comments));
  }
  if (all.length === 0 && above.length === 0 && schema === undefined) return { document, comments: undefined };
  const onFields = all.filter(({ path }) => path.length > 0);
  above.push(...all.filter(({ path }) => path.length === 0).map(({ text }) => text));
  const comments = {
    ...(above.length > 0 && { above: above.join('\n') }),
    ...(schema !== undefined && { schema }),
    ...(onFields.length > 0 && { fields: onFields }),
  };
  return { document, comments };
}

function ofFields(construct: IConstruct, document: Json, comments: YamlNotes['comments'] = {}): FieldComment[] {
  const given = Object.entries(comments);
  if (given.length === 0) return [];
  const paths = new Map<string, Path>();
  addPaths(document, [], paths);
  return given.map(([name, comment]) => {
    const path = paths.get(name);
    if (path === undefined) {
      const near = nearest(name, [...paths.keys()]);
      refuse(construct, {
        field: 'comments',
        value: name,
        allowed: 'the path of a field that the object has',
        example: `"${near ?? [...paths.keys()].at(-1)}"`,
      });
    }
    return typeof comment === 'string' ? { path, text: comment, at: 'above' } : { path, ...comment };
  });
}

function addPaths(value: Json, path: Path, into: Map<string, Path>): void {
  if (path.length > 0) into.set(pathText(path), path);
  if (typeof value !== 'object' || value === null) return;
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [step, below] of entries) {
    addPaths(below, [...path, step], into);
    if (Array.isArray(value) && typeof below === 'string') into.set(`${pathText(path)}[${below}]`, [...path, step]);
  }
}
