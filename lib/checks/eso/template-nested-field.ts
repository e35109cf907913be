import { templatesIn } from '../../graph/external-secrets/templates';
import { TemplateError } from '../../systems/go-template';
import type { ClusterCheck } from '../check';
import { withIndex } from './template-fix';

export const templateNestedField: ClusterCheck = {
  id: 'eso/template-nested-field',
  severity: 'error',
  title: 'Template that reads a field of a string',
  atRunTime:
    'values are strings, which have no fields, so the Secret fails to sync: "map has no entry for key …" or "can\'t evaluate field … in type string"',
  remedy: 'read a key with a dot in its name with index: {{ index . "tls.crt" }}; read JSON with fromJson',
  fixes: 'read a key with a dot in its name, if it is given, with index',
  source: 'external-secrets runtime/template/v2/template.go (execute)',
  *check(cluster) {
    for (const { resource, path, reads, given, text } of templatesIn(cluster)) {
      if (reads instanceof TemplateError || reads.nested.length === 0) continue;
      for (const name of new Set(reads.nested.map((fields) => fields.join('.')))) {
        const [key = '', ...below] = name.split('.');
        const meant =
          given.keys.includes(key) && !given.keys.includes(name)
            ? `if ${key} holds JSON: {{ (fromJson .${key}).${below.join('.')} }}`
            : `{{ index . "${name}" }}`;
        yield {
          at: { resource, path, part: `.${name}` },
          message: `\`.${name}\` reads ${below.join('.')} of the key ${key}, whose value is a string; write ${meant}`,
          ...(given.keys.includes(name) && withIndex(text, path, name)),
        };
      }
    }
  },
};
