import { templatesIn } from '../../graph/external-secrets/templates';
import { TemplateError } from '../../systems/go-template';
import type { ClusterCheck } from '../check';

export const templateMapFunction: ClusterCheck = {
  id: 'eso/template-map-function',
  severity: 'error',
  title: 'Template function that cannot take the values',
  atRunTime:
    'the Secret fails to sync: "wrong type for value; expected map[string]interface {}; got map[string]string"',
  remedy:
    'use index: {{ index . "KEY" }} is empty if the key is missing; {{ range $key, $value := . }} loops over all keys',
  source: 'external-secrets runtime/template/v2/template.go (execute); https://masterminds.github.io/sprig/dicts.html',
  *check(cluster) {
    for (const { resource, path, reads } of templatesIn(cluster)) {
      if (reads instanceof TemplateError || reads.calls.length === 0) continue;
      for (const name of new Set(reads.calls)) {
        yield {
          at: { resource, path, part: name },
          message: `\`${name}\` takes a map of any type, but \`.\` is a map of strings: ${name === 'get' || name === 'dig' || name === 'hasKey' || name === 'pluck' ? 'write index . "KEY"' : 'it cannot be used here'}`,
        };
      }
    }
  },
};
