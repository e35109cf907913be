import { EspalierError } from '../errors';
import type { Graph } from '../graph/graph';
import { describe } from '../graph/identity';
import { hider } from '../graph/masking';
import { inline } from '../graph/masking/printable';
import { display } from '../graph/substitution';
import { type Unclear, withoutStore } from '../graph/vault/cluster-wide';
import { comparePolicy } from '../graph/vault/compare-policy';
import { requirementsOf } from '../graph/vault/requirements';
import { comparisonText } from '../report/policy/against-text';
import { commandsOf } from '../report/policy/commands';
import { hclOf } from '../report/policy/hcl';
import { type ClusterRequirements, comparisonJson, policyJson } from '../report/policy/json';
import { sharedPolicies } from '../report/policy/shared';
import { nearest } from '../text/nearest';
import { choice } from './choice';
import { chooseClusters } from './choose-cluster';
import type { Command, Invocation } from './command';
import { readPolicyFile } from './policy-file';
import { Progress } from './progress';
import { givenTree, readGraph, readSettings, treeOptions, treeOptionsHelp } from './read-graph';
import { print, printError } from './terminal';

const help = `espalier policy [PATH]: the least-privilege Vault policy of each role that External Secrets logs in with.

Usage: espalier policy [PATH] [options]

  PATH              a folder of a Flux tree, or one file (default: the working directory)
  --rev REV         read the tree of a Git revision instead of the folder
  --store NAME      only the policy of this SecretStore or ClusterSecretStore (name or namespace/name)
  --cluster NAME    only the policies of this cluster, if the tree has several: a folder on its path
  --format FORMAT   hcl, commands (of Vault's CLI, for policy, role and auth method) or json (default: hcl)
  --against FILE    compare a policy (HCL or JSON) with what the tree needs; --format json is for programs
  --strict          with --against: also exit with 1 if FILE allows more than the tree needs
${treeOptionsHelp}

Exit codes: 0 printed, or FILE allows everything needed; 1 FILE lacks something (or, with --strict, allows too much);
2 it could not run.

Example: espalier policy dist --against dist/vault/external-secrets.hcl`;

export const policy: Command = {
  help,
  positionals: 1,
  options: {
    rev: { type: 'string', offers: 'revision' },
    store: { type: 'string' },
    cluster: { type: 'string', offers: 'cluster' },
    format: { type: 'string', choices: ['hcl', 'commands', 'json'] },
    against: { type: 'string' },
    strict: { type: 'boolean' },
    ...treeOptions,
  },
  async run(invocation) {
    const { values } = invocation;
    const file = values.against as string | undefined;
    const format = values.format as string | undefined;
    if (file !== undefined) choice('--format', format, ['json']);
    if (values.strict === true && file === undefined) {
      throw new EspalierError('--strict needs --against FILE. Name the policy: --against FILE --strict.');
    }
    const settings = await readSettings(values);
    // A policy that cannot be read is said before a large tree is.
    const rules = file === undefined ? undefined : await readPolicyFile(file);
    const given = givenTree(invocation);
    const graph = await Progress.during((progress) => readGraph(given, settings, progress));
    const all = chosen(graph, given.path, values);
    if (file === undefined || rules === undefined) {
      print(hider([graph])(render(format ?? 'hcl', all, graph)).trimEnd());
      return 0;
    }
    const { requirements } = only(all);
    const comparison = comparePolicy(requirements, rules);
    const text =
      format === 'json'
        ? comparisonJson(requirements, comparison, { file, tree: graph.tree })
        : comparisonText(requirements, comparison, file);
    print(hider([graph])(text).trimEnd());
    return comparison.lacks.length > 0 || (values.strict === true && comparison.exceeds.length > 0) ? 1 : 0;
  },
};

/** @throws EspalierError when there is no such cluster or store, or no store of Vault at all */
function chosen(graph: Graph, path: string, values: Invocation['values']): ClusterRequirements[] {
  const [store, cluster] = [values.store as string | undefined, values.cluster as string | undefined];
  const clusters = cluster === undefined ? graph.clusters : chooseClusters(graph, cluster);
  const all = clusters.flatMap((one) =>
    requirementsOf(one).map((requirements) => ({ cluster: one.name, requirements })),
  );
  if (all.length === 0) {
    throw new EspalierError(
      `${path} has no SecretStore or ClusterSecretStore for Vault, so it needs no policy. Name the folder of the whole tree.`,
    );
  }
  if (store === undefined) return all;
  const found = all.filter(({ requirements }) => namesOf(requirements).includes(store));
  if (found.length > 0) return found;
  const stores = [...new Set(all.flatMap(({ requirements }) => namesOf(requirements)))];
  throw new EspalierError(
    `--store ${JSON.stringify(store)}: ${otherwise(store, stores, 'there is no Vault store with that name')}`,
  );
}

function namesOf({ clients }: ClusterRequirements['requirements']): string[] {
  return clients.flatMap(({ name, namespace }) => (namespace === '' ? [name] : [`${namespace}/${name}`, name]));
}

function otherwise(name: string, names: readonly string[], fault: string): string {
  const near = nearest(name, names);
  return `${fault}${near === undefined ? '' : `; did you mean ${inline(near)}?`}${near === undefined ? '.' : ''} The tree has ${names.map(inline).join(', ') || 'none'}.`;
}

function render(format: string, all: readonly ClusterRequirements[], graph: Graph): string {
  const clusters = graph.clusters.filter(({ name }) => all.some(({ cluster }) => cluster === name));
  const storeless = clusters.flatMap((cluster) => [...withoutStore(cluster)]);
  if (format === 'json') return policyJson(all, storeless, { tree: graph.tree, madeBy: madeBy(undefined) });
  warn(storeless);
  if (all.length > 1) {
    printError(
      `${all.length} policies: ${all.map(({ requirements }) => requirements.policy).join(', ')}. Choose one with --store or --cluster.`,
    );
  }
  for (const shared of sharedPolicies(all)) printError(`warning: ${shared}`);
  const several = graph.clusters.length > 1;
  return all
    .map(({ cluster, requirements }) => {
      const by = madeBy(several ? cluster : undefined);
      return format === 'commands' ? commandsOf(requirements, { madeBy: by }) : hclOf(requirements, by);
    })
    .join('\n');
}

const mostNamed = 10;

function warn(storeless: readonly Unclear[]): void {
  const lines = storeless.map(
    ({ resource, why }) => `  ${inline(display(describe(resource)))}: ${inline(display(why))}`,
  );
  if (lines.length === 0) return;
  const more = lines.length > mostNamed ? [`  and ${lines.length - mostNamed} more`] : [];
  printError(
    ['Not in a policy, because the tree does not show the store:', ...lines.slice(0, mostNamed), ...more].join('\n'),
  );
}

function madeBy(cluster: string | undefined): string {
  return `Made by espalier policy${cluster === undefined ? '' : ` for the cluster ${cluster}`}`;
}

/** @throws EspalierError when there are several */
function only(all: readonly ClusterRequirements[]): ClusterRequirements {
  const [first, ...others] = all;
  if (first !== undefined && others.length === 0) return first;
  const list = all.map(
    ({ cluster, requirements }) => `  --cluster ${inline(cluster)} --store ${inline(namesOf(requirements)[0] ?? '')}`,
  );
  throw new EspalierError(
    `--against compares one policy, and the tree needs ${all.length}. Choose one:\n${list.join('\n')}`,
  );
}
