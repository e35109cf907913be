import { join } from 'node:path';
import { makeBuild } from '../../../lib/tree/kustomize';
import { readFolder } from '../../../lib/tree/source';
import { repository } from '../../repository';
import { checkTree } from '../check-tree';

/** The same tree twice: a Cluster that needs a Secret of a Kustomization that waits for it. */
function rulesOf(folder: string): string[] {
  const source = readFolder(join(repository, 'test', 'checks', 'rules', 'flux', folder));
  return checkTree(source, makeBuild(source)).findings.map(({ rule }) => rule);
}

describe('a Kustomization that waits for a Cluster, which needs what comes after it', () => {
  it('is a deadlock where an expression says when the Cluster is healthy', () => {
    expect(rulesOf('deadlock/flagged-database')).toEqual(['flux/deadlock']);
  });

  it('passes the Cluster too early without one, and so is none', () => {
    expect(rulesOf('health-expr-missing/flagged-needed')).toEqual(['flux/health-expr-missing']);
  });
});
