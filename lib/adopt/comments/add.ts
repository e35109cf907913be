import type { Json } from '../../json/json';
import { type SchemaHost, schemaUrl } from '../../tree/schema-url';
import type { SourceDocument } from '../../tree/source/source';
import type { Demotions } from '../demotions';
import type { Draft } from '../draft';
import { listedBy } from '../kustomization-file';
import { below, plainEntry } from '../places';
import { Call, type Code, type CodeObject, isCodeObject, plainOf } from '../program';
import type { KustomizedFolder, WrittenObject } from '../survey';
import { type Comment, commentsOf, type DocumentComments, type FieldComment } from './read';
import { type SaidComments, saidAt, sayComments, textOf, type Ways } from './say';

/** Something above which comments stand in the code: a statement, or the call of a module's function. */
interface Commentable {
  comment?: readonly string[];
}

/** What is listed by itself. */
interface Listed {
  readonly by: Commentable;
  /** As it is: its file may have moved. */
  readonly entry: string;
}

/**
 * Adds to constructions what somebody wrote of their objects and folders in comments, and the schemas that are not where the tree's
 * are. What is said of an entry of a kustomization.yaml that another module makes is said above the call of that.
 */
export function addComments(
  modules: readonly (Commentable & { readonly constructions: readonly Draft[] })[],
  demotions: Demotions,
  host: SchemaHost | undefined,
): void {
  const drafts = modules.flatMap(({ constructions }) => constructions);
  const home = new Map(modules.flatMap((module) => module.constructions.map((one) => [one, module] as const)));
  for (const draft of drafts) if (draft.value) ofObject(draft, draft.of as WrittenObject, draft.value, demotions, host);
  const listed = listedBy(drafts);
  for (const draft of drafts) {
    const { folder } = draft;
    if (folder === undefined) continue;
    const entries = [...(listed.get(draft) ?? [])].map(([entry, made]): [string, Listed] => {
      const module = home.get(made);
      const by = module === undefined || module === home.get(draft) ? made : module;
      return [entry, { by, entry: below(folder.path, made.at as string) }];
    });
    ofFolder(draft, folder, new Map(entries), demotions, host);
  }
}

function ofObject(
  draft: Draft,
  { document }: WrittenObject,
  value: CodeObject,
  demotions: Demotions,
  host: SchemaHost | undefined,
): void {
  const comments = commentsOf(document);
  if (comments === undefined) {
    draft.notes = schemaOf(document, undefined, host);
    return;
  }
  const isPlain = draft.className === 'Manifest';
  const said = sayComments(draft.props ?? {}, value, comments, waysOf(comments, demotions), isPlain);
  draft.props = said.props;
  draft.notes = { ...schemaOf(document, comments.schema, host), ...said.notes };
  keep(draft, document, comments, said);
}

/**
 * On a kustomization.yaml: what is said of an entry is said of what makes it, or in the list, where that is said. Entries that are out of
 * use stay in the YAML, beside their neighbours: that a file is not listed on purpose is read there (tree/unreached).
 */
function ofFolder(
  draft: Draft,
  { document, value }: KustomizedFolder,
  listed: ReadonlyMap<string, Listed>,
  demotions: Demotions,
  host: SchemaHost | undefined,
): void {
  const comments = commentsOf(document);
  const isDirectory = draft.className === 'Directory';
  if (isDirectory && draft.props?.kustomizationFile !== null) draft.notes = schemaOf(document, comments?.schema, host);
  if (comments === undefined) return;
  const { kustomizationFile: file = {}, ...props } = draft.props ?? {};
  const list = isCodeObject(file) && Array.isArray(file.resources) ? (file.resources as readonly Json[]) : [];
  const own = list.length > 0 ? { ...value, resources: list } : value;
  const ways = waysOf(comments, demotions);
  const fields: FieldComment[] = [];
  const unlisted: Comment[] = [];
  const beside: Record<string, Code> = {};
  for (const comment of comments.fields) {
    const entry = entryAt(value as CodeObject, comment);
    const name = plainEntry(entry ?? '');
    const place = ways.inPlace && entry !== undefined ? list.indexOf(entry) : -1;
    const made = listed.get(name);
    const isUnused = comment.isUnused && comment.path[0] === 'resources';
    const field = `resources[./${made?.entry}]`;
    if (place >= 0) fields.push({ ...comment, path: ['resources', place], isUnused: false });
    else if (isUnused && made && isDirectory && ways.asProperties && !(field in beside))
      beside[field] = saidAt(comment);
    else if (isUnused) unlisted.push({ lines: comment.lines, isUnused: false });
    else if (made && comment.at !== 'below') made.by.comment = [...(made.by.comment ?? []), ...comment.lines];
    else fields.push(comment);
  }
  const above = isDirectory ? [...comments.above, ...unlisted] : comments.above;
  const said = sayComments(
    isCodeObject(file) ? file : {},
    own as CodeObject,
    { ...comments, above, fields },
    // The notes of a Kustomization's construct are those of its own object.
    isDirectory ? ways : { ...ways, asProperties: false },
    true,
  );
  const isSaid = isDirectory || unlisted.length === 0;
  const saidFile = isSaid ? said.props : new Call('commented', [said.props, textOf(unlisted)], plainOf(file));
  if (isCodeObject(file) && (!isSaid || Object.keys(said.props).length > 0))
    draft.props = { ...props, kustomizationFile: saidFile };
  if (isDirectory) {
    const all = { ...(said.notes.comments as CodeObject | undefined), ...beside };
    draft.notes = { ...draft.notes, ...said.notes, ...(Object.keys(all).length > 0 && { comments: all }) };
  }
  keep(draft, document, comments, said, own);
}

function waysOf(comments: DocumentComments, demotions: Demotions): Ways {
  const level = demotions.get(comments) ?? 0;
  return { inPlace: level === 0, asProperties: level < 2 };
}

/** @param value what the paths of the comments are in */
function keep(
  draft: Draft,
  document: SourceDocument,
  comments: DocumentComments,
  said: SaidComments,
  value: Json = document.value,
): void {
  draft.comment = [...said.comment, ...(draft.comment ?? [])];
  draft.keeps = [...(draft.keeps ?? []), { comments, document, value, fields: said.kept }];
}

/** What a construct says of its schema: nothing where that is the App's, as it is where nobody has said where schemas are. */
function schemaOf({ value }: SourceDocument, schema: string | undefined, host: SchemaHost | undefined): CodeObject {
  const known = schemaUrl(value, host);
  if (schema === known || (schema === undefined && host === undefined)) return {};
  return { schema: schema ?? false };
}

/** The entry of a kustomization.yaml that a comment is on. */
function entryAt({ resources }: CodeObject, { path: [field, i, ...below] }: FieldComment): string | undefined {
  if (field !== 'resources' || i === undefined || below.length > 0) return undefined;
  return Array.isArray(resources) ? String(resources[i as number]) : undefined;
}
