import { describe } from '../graph/identity';
import { nameOf } from '../graph/kustomization';
import type { FluxKustomization, KustomizationSubstitutionFault } from '../graph/resource';
import { shownPath } from '../graph/shown-path';
import type { SourceTree } from '../tree/source/source';

/** Why Flux cannot build what a Kustomization applies, each a clause without a full stop; nothing in it is a Secret's value. */
export function failuresOf({ contents, substitution }: FluxKustomization, tree: SourceTree): string[] {
  if (contents.type !== 'built') return [];
  const { faults, files } = contents.built;
  const unreadable = [...files].flatMap((path) =>
    (tree.files.get(path)?.faults ?? []).flatMap(({ kind, message }) =>
      kind === 'unreadable' ? [] : `\`${shownPath(tree, path)}\` cannot be read (${message})`,
    ),
  );
  const failed = faults.filter(({ fails }) => fails).map(({ message }) => message);
  return [...new Set([...unreadable, ...failed, ...substitution.flatMap((fault) => ofVariables(fault) ?? [])])];
}

/** Of what a kustomize-controller of 1.9 or newer fails (lib/checks/substitution/). */
function ofVariables(fault: KustomizationSubstitutionFault): string | undefined {
  const { kind, variable, resource, expression } = fault;
  const where = resource === undefined ? 'spec.postBuild' : describe(resource);
  switch (kind) {
    case 'missing-variable':
      return `the variable \`${variable}\` of ${where} has no value`;
    case 'parse-error':
    case 'broken-character':
      return `a \`\${\` in ${where} is no variable that Flux can read`;
    case 'invalid-yaml':
      return `${where} is not valid YAML once its variables are filled in`;
    case 'invalid-name':
      return `\`${variable}\` is not a valid name of a variable`;
    case 'missing-object':
      return `nothing creates ${expression}, from which it takes variables`;
    default:
      return undefined;
  }
}

/** "Kustomization flux-system/apps cannot be built": what holds back all that one applies. */
export function notBuilt(kustomization: FluxKustomization): string {
  return `Kustomization ${nameOf(kustomization)} cannot be built`;
}
