import type { Cluster } from '../../graph/cluster';
import { substitutesStrictly } from '../../graph/flux/installed-version';
import { describe } from '../../graph/identity';
import {
  type FluxKustomization,
  type KustomizationSubstitutionFault,
  type Resource,
  writtenAt,
} from '../../graph/resource';
import { textAt } from '../../json/read';
import { nearest, onlyNear } from '../../text/nearest';
import type { ClusterCheck, Problem } from '../check';
import type { Severity } from '../finding';
import { didYouMean } from '../hint';
import type { MayHaveFix } from '../meant';

type Fault = KustomizationSubstitutionFault;

interface Row extends Omit<ClusterCheck, 'check'> {
  readonly takes: readonly Fault['kind'][];
  readonly message: (fault: Fault, kustomization: FluxKustomization, cluster: Cluster) => string;
  readonly fix?: (fault: Fault, resource: Resource, kustomization: FluxKustomization) => MayHaveFix;
  /** @default - the rule's severity */
  readonly severityIn?: (cluster: Cluster) => Severity;
}

const rules: readonly Row[] = [
  {
    takes: ['missing-variable'],
    id: 'substitution/missing-variable',
    severity: 'error',
    title: 'Variable without a value or a default',
    atRunTime:
      'the build fails with "variable not set", and nothing of the whole Kustomization is applied; before Flux 2.9 (kustomize-controller 1.9) the variable was empty, so this is a warning where the tree installs such a release',
    remedy:
      'set the variable in postBuild, or write a default (${NAME:=default}), or write $${NAME} if Flux should leave it alone',
    source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
    message: ({ expression, variable }, kustomization, cluster) => {
      const result = substitutesStrictly(cluster) ? '' : ', and the Flux release that the tree installs makes it empty';
      const near = nearest(variable ?? '', kustomization.variables?.names ?? []);
      return `${expression}: ${describe(kustomization.resource)} gives no variable ${variable}${result}${didYouMean(near)}`;
    },
    fixes: 'write the one variable that is a slip away',
    fix: ({ path, inKey, variable = '', expression }, resource, { variables }) => {
      const name = onlyNear(variable, variables?.names ?? []);
      const start = `\${${variable}`;
      const { generated, chart, madeBy } = resource;
      if (name === undefined || inKey || !expression.startsWith(start) || generated || chart || madeBy) return {};
      // In the file, for the object has what Flux makes of it.
      const { document, path: way } = writtenAt(resource, path);
      const text = textAt(document.value, ...way);
      if (text?.includes(expression) !== true) return {};
      const set = text.replaceAll(expression, `\${${name}${expression.slice(start.length)}`);
      return { fix: { title: `write ${name} for ${variable}`, changes: [{ of: document, path: way, set }] } };
    },
    severityIn: (cluster) => (substitutesStrictly(cluster) ? 'error' : 'warning'),
  },
  {
    // What a shell or a template understands and envsubst does not: `${X-d}`, `${A[@]}`, `${!x}`, `${{ x }}`.
    takes: ['parse-error', 'broken-character', 'invalid-yaml'],
    id: 'substitution/parse-error',
    severity: 'error',
    title: 'Text in which Flux cannot substitute variables',
    atRunTime: 'the build fails, and nothing of the whole Kustomization is applied',
    remedy:
      'write $${ for a ${ that is not meant for Flux, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled',
    source: 'fluxcd/pkg envsubst parse/parse.go',
    message: ({ expression, message, kind }) =>
      kind === 'invalid-yaml'
        ? 'with its variables filled in, the object is no longer YAML'
        : `${expression} is not a variable that Flux can read${message === undefined ? '' : ` (${message})`}`,
  },
  {
    // envsubst treats every operator with a colon as a default. (fluxcd/pkg envsubst, funcs.go, lookupFunc)
    takes: ['ignored-operator'],
    id: 'substitution/ignored-operator',
    severity: 'error',
    title: 'Shell operator that Flux takes for a default',
    atRunTime: "the shell's error message or alternative ends up in the manifest as a value",
    remedy: 'write ${NAME}, which fails when there is no value, or ${NAME:=default}',
    source: 'fluxcd/pkg envsubst funcs.go',
    message: ({ expression }) =>
      `${expression} does not mean what it means in a shell: Flux takes the word as a default`,
  },
  {
    // fluxcd/pkg/kustomize, kustomize_varsub.go: the pattern of names is checked for every variable before any is filled in.
    takes: ['invalid-name'],
    id: 'substitution/invalid-name',
    severity: 'error',
    title: 'Invalid name of a variable',
    atRunTime: 'the whole build fails: "var name is invalid, must match ^[_[:alpha:]][_[:alpha:][:digit:]]*$"',
    remedy: 'use only letters, digits and underscores, and begin with no digit',
    source: 'fluxcd/pkg kustomize/kustomize_varsub.go',
    message: ({ variable, expression }, { resource }) =>
      variable === expression
        ? `${describe(resource)} gives the variable ${variable}`
        : `${describe(resource)} takes the variable ${variable} from ${expression}`,
  },
  {
    // fluxcd/pkg/kustomize, kustomize_varsub.go: line feeds are taken out of every value.
    takes: ['joined-lines'],
    id: 'substitution/joined-lines',
    severity: 'warning',
    title: 'Variable with several lines',
    atRunTime: 'a certificate, key or script arrives on one line and cannot be read',
    remedy: 'put text of several lines into a Secret or ConfigMap that the workload reads itself',
    source: 'fluxcd/pkg kustomize/kustomize_varsub.go',
    message: ({ variable }) => `the value of ${variable} has several lines, which Flux joins into one`,
  },
];

/** The rules that report what goes wrong where Flux fills in variables. */
export const substitutionRules: readonly ClusterCheck[] = rules.map(({ takes, message, fix, severityIn, ...rule }) => ({
  ...rule,
  *check(cluster: Cluster): Iterable<Problem> {
    const severity = severityIn?.(cluster) ?? rule.severity;
    for (const kustomization of cluster.kustomizations) {
      for (const fault of kustomization.substitution) {
        if (!takes.includes(fault.kind)) continue;
        const resource = fault.resource ?? kustomization.resource;
        const shown = resource.kind === 'Secret' ? withoutValue(fault) : fault;
        const at = { resource, path: fault.path, on: fault.inKey ? 'key' : 'value', part: fault.expression } as const;
        yield {
          at,
          message: message(shown, kustomization, cluster),
          ...fix?.(fault, resource, kustomization),
          severity,
        };
      }
    }
  },
}));

/** Of a Secret, the variable alone: what stands beside it may be secret. */
function withoutValue(fault: Fault): Fault {
  const { expression, variable = '' } = fault;
  if (!expression.startsWith('${') || expression === `\${${variable}}`) return fault;
  return { ...fault, expression: `\${${variable}…}` };
}
