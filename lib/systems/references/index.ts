import type { GroupKind } from '../api-version';
import { groupKind } from '../api-version';
import { podTemplatePath } from '../kinds/kinds';
import { cnpg } from './cnpg';
import { externalSecrets } from './external-secrets';
import { flux } from './flux';
import { gateway } from './gateway';
import { kubernetes, pod } from './kubernetes';
import { others } from './others';
import { type Rows, within } from './row';

/** What each kind refers to, pods apart. */
export const rows: Readonly<Record<string, Rows>> = {
  ...kubernetes,
  ...gateway,
  ...flux,
  ...externalSecrets,
  ...cnpg,
  ...others,
};

/** What objects of a kind refer to, those that run pods by these, too; undefined for nothing. */
export function rowsOf(kind: GroupKind): Rows | undefined {
  const path = podTemplatePath(kind);
  const own = rows[groupKind(kind)];
  return path === undefined ? own : { ...own, ...within([...path, 'spec.'].join('.'), pod) };
}
