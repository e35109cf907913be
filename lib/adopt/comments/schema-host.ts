import { isJsonObject } from '../../json/json';
import { groupBy } from '../../text/group-by';
import { defaultSchemaHost, type SchemaHost, schemaKind, schemaUrl } from '../../tree/schema-url';
import type { SourceDocument } from '../../tree/source/source';
import { commentsOf } from './read';

/**
 * Where documents say that their schemas are: what schemaHost of App may be. By kind where most of one say another, or none; false where
 * none says any.
 */
export function schemaHostOf(documents: readonly SourceDocument[]): SchemaHost {
  const all = hostOf(documents);
  if (all === false) return false;
  const byKind = [...groupBy(documents, ({ value }) => schemaKind(value) ?? '')].flatMap(([kind, ofKind]) => {
    const usual = mostFrequent(ofKind.map((document) => saidOf(document) ?? false));
    const isAsAll = ofKind.some(({ value }) => (schemaUrl(value, all) ?? false) === usual);
    return kind === '' || isAsAll ? [] : [[kind, usual] as const];
  });
  return byKind.length === 0 ? all : Object.fromEntries([...byKind.sort(), ['*', all]]);
}

/** What most documents have. */
function hostOf(documents: readonly SourceDocument[]): string | false {
  const said = documents.flatMap((document) => {
    const schema = saidOf(document);
    return schema === undefined ? [] : [{ document, schema }];
  });
  if (said.length === 0) return false;
  const hosts = new Set(said.flatMap(({ document, schema }) => hostIn(document, schema) ?? []));
  const covered = (host: string) =>
    said.filter(({ document, schema }) => schemaUrl(document.value, host) === schema).length;
  return [defaultSchemaHost, ...hosts].reduce((best, host) => (covered(host) > covered(best) ? host : best));
}

function saidOf(document: SourceDocument): string | undefined {
  return commentsOf(document)?.schema;
}

function mostFrequent<T>(values: readonly T[]): T {
  const groups = [...groupBy(values, (value) => value)].sort(([, a], [, b]) => b.length - a.length);
  return groups[0]?.[0] as T;
}

/** The URL of one kind's schema as that of any. */
function hostIn({ value }: SourceDocument, url: string): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const { apiVersion, kind } = value;
  const [version = '', group = 'core'] = String(apiVersion).toLowerCase().split('/').reverse();
  const path = url.replace(/^https?:\/\/[^/]+/, '');
  const host = url.slice(0, url.length - path.length);
  const parts = { group, kind: String(kind).toLowerCase(), version };
  let template = path;
  for (const [part, text] of Object.entries(parts)) {
    const at = template.lastIndexOf(text);
    if (at >= 0) template = `${template.slice(0, at)}{${part}}${template.slice(at + text.length)}`;
  }
  return template === path ? undefined : host + template;
}
