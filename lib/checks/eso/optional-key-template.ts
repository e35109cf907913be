import { templatesIn } from '../../graph/external-secrets/templates';
import { TemplateError } from '../../systems/go-template';
import type { ClusterCheck } from '../check';
import { withIndex } from './template-fix';

/** What tells of a value that may be absent; conditions may as well be about one that is empty. */
const certain = new Set(['default', 'coalesce']);

export const optionalKeyTemplate: ClusterCheck = {
  id: 'eso/optional-key-template',
  severity: 'error',
  title: 'Template that reads a key which may be missing',
  atRunTime:
    'ESO renders templates with missingkey=error: while the store lacks the key, the whole Secret fails to sync ("map has no entry for key …")',
  remedy:
    'read the key with index, which yields an empty value if the key is missing: {{ index . "KEY" | default "" }}',
  fixes: 'read the key with index where nothing gives the dot another meaning',
  source: 'external-secrets runtime/template/v2/template.go (execute)',
  *check(cluster) {
    for (const { resource, path, reads, given, text } of templatesIn(cluster)) {
      if (reads instanceof TemplateError) continue;
      const unsure = reads.keys.filter(({ key, how, optionalBy }) => {
        return how === 'field' && optionalBy !== undefined && !given.keys.includes(key);
      });
      if (unsure.length === 0) continue;
      const said = new Set<string>();
      for (const { key, optionalBy = '' } of unsure) {
        if (said.has(key)) continue;
        said.add(key);
        const when = given.open ? `if ${key} is missing` : `because nothing provides ${key}`;
        yield {
          at: { resource, path, part: `.${key}` },
          ...withIndex(text, path, key),
          severity: certain.has(optionalBy) || !given.open ? 'error' : 'warning',
          message: `\`.${key}\` fails ${when}, before \`${optionalBy}\` is evaluated: write ${written(key, optionalBy)}`,
        };
      }
    }
  },
};

function written(key: string, optionalBy: string): string {
  const read = `index . "${key}"`;
  if (optionalBy === 'default') return `{{ ${read} | default "" }}`;
  return optionalBy === 'if' || optionalBy === 'with' ? `{{ ${optionalBy} ${read} }}` : `(${read})`;
}
