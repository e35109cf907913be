import { isJsonObject } from '../../json/json';
import { schemaUrl } from '../../tree/schema-url';
import type { SourceDocument } from '../../tree/source/source';
import type { SchemaHost } from './add';
import { commentsOf } from './read';

/** Where most documents say that their schema is: what schemaHost of App may be. False where none says it. */
export function schemaHostOf(documents: readonly SourceDocument[]): SchemaHost {
  const said = documents.flatMap((document) => {
    const schema = commentsOf(document)?.schema;
    return schema === undefined ? [] : [{ document, schema }];
  });
  if (said.length === 0) return false;
  const hosts = new Set(said.flatMap(({ document, schema }) => hostIn(document, schema) ?? []));
  let best: SchemaHost;
  let most = 0;
  for (const host of [undefined, ...hosts]) {
    const covered = said.filter(({ document, schema }) => schemaUrl(document.value, host) === schema).length;
    if (covered > most) [best, most] = [host, covered];
  }
  return best;
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
