import { type EsoTemplate, templatesIn } from '../../graph/external-secrets/templates';
import { TemplateError } from '../../systems/go-template';
import { listed } from '../../text/listed';
import { nearest, onlyNear } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';
import { withKey } from './template-fix';

export const templateUnknownKey: ClusterCheck = {
  id: 'eso/template-unknown-key',
  severity: 'error',
  title: 'Template that reads a key which nothing provides',
  atRunTime: 'the whole Secret fails to sync: "map has no entry for key …"',
  remedy: 'read a key that data or dataFrom provides, or add the key there',
  fixes: 'read the one key that is a slip away',
  source: 'external-secrets runtime/template/v2/template.go (execute)',
  *check(cluster) {
    for (const template of templatesIn(cluster)) {
      const { resource, path, reads, given, text } = template;
      if (reads instanceof TemplateError || given.open) continue;
      const unknown = reads.keys.filter(({ key, how, optionalBy }) => {
        return how === 'field' && optionalBy === undefined && !given.keys.includes(key);
      });
      if (unknown.length === 0) continue;
      for (const key of new Set(unknown.map((item) => item.key))) {
        const near = nearest(key, given.keys);
        const meant = onlyNear(key, given.keys);
        yield {
          at: { resource, path, part: `.${key}` },
          message: `the template reads \`.${key}\`, but ${givers(template)}${didYouMean(near)}`,
          ...(meant !== undefined && withKey(text, path, key, meant)),
        };
      }
    }
  },
};

function givers({ asked, given }: EsoTemplate): string {
  const keys = given.keys.length === 0 ? 'nothing' : listed(given.keys);
  return asked.resource.kind.endsWith('PushSecret')
    ? `the pushed Secret has ${keys}`
    : `data and dataFrom provide ${keys}`;
}
