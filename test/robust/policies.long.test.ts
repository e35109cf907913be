import fc from 'fast-check';
import { makeGraph } from '../../lib/graph/make-graph';
import { withoutStore } from '../../lib/graph/vault/cluster-wide';
import { comparePolicy } from '../../lib/graph/vault/compare-policy';
import { requirementsOf } from '../../lib/graph/vault/requirements';
import { comparisonText } from '../../lib/report/policy/against-text';
import { commandsOf } from '../../lib/report/policy/commands';
import { hclOf } from '../../lib/report/policy/hcl';
import { policyJson } from '../../lib/report/policy/json';
import { readPolicy } from '../../lib/systems/vault/policy';
import { loadHcl } from '../../lib/tree/hcl';
import { makeBuild } from '../../lib/tree/kustomize';
import { memory } from '../tree/kustomize/memory';
import { mutateValues, type ValueMutation, valueChanges } from './mutate-values';
import { mutationOf } from './mutation';
import { committedTrees } from './seeds';

/** More, by hand: ESPALIER_MUTATIONS=20000 npm run test:long -- test/robust/policies */
const numRuns = Number(process.env.ESPALIER_MUTATIONS ?? 100);
const trees = committedTrees();
const values = fc.array(mutationOf<ValueMutation['change']>(valueChanges), { minLength: 1, maxLength: 12 });

it(
  'takes any value in any place: each policy is read back as what is needed',
  async () => {
    const hcl = await loadHcl();
    fc.assert(
      fc.property(fc.constantFrom(...trees.keys()), values, (name, mutations) => {
        const source = memory(mutateValues(trees.get(name) ?? {}, mutations));
        const graph = makeGraph(source, makeBuild(source), { hcl });
        for (const cluster of graph.clusters) {
          for (const requirements of requirementsOf(cluster)) {
            const { rules, fault } = readPolicy(hclOf(requirements, 'Made by a test'), hcl);
            const own = requirements.role?.withoutDefaultPolicy ? 2 : 0;
            expect([fault, rules.length]).toEqual([undefined, requirements.paths.length + own]);
            const comparison = comparePolicy(requirements, rules);
            expect(comparison).toEqual({ lacks: [], exceeds: [] });
            const commands = commandsOf(requirements, { madeBy: 'Made by a test' });
            const texts = [commands, comparisonText(requirements, comparison, 'x.hcl')];
            texts.push(
              policyJson([{ cluster: cluster.name, requirements }], [...withoutStore(cluster)], {
                tree: source,
                madeBy: '',
              }),
            );
            for (const text of texts) expect(/[\ufdd0\ufdd1]|\[object Object\]|undefined/.exec(text)).toBeNull();
          }
        }
      }),
      { numRuns },
    );
  },
  30_000 + numRuns * 1000,
);
