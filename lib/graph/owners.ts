import { textAt } from '../json/read';
import { syncIn } from './flux/sync';
import type { FluxKustomization, Resource } from './resource';

/** Who owns the repositories that this tree is: `onedr0p` of `https://github.com/onedr0p/home-ops`. */
export function ownersOf(
  kustomizations: readonly FluxKustomization[],
  resources: readonly Resource[],
): ReadonlySet<string> {
  const own = new Set<string>();
  for (const { contents, spec } of kustomizations) {
    if (contents.type !== 'elsewhere') own.add(textAt(spec, 'sourceRef', 'name') ?? '');
  }
  const owners = new Set<string>();
  const add = (address: string | undefined) => {
    const owner = ownerOf(address);
    if (owner !== undefined) owners.add(owner);
  };
  for (const { group, name, value } of resources) {
    if (group === 'source.toolkit.fluxcd.io' && own.has(name)) add(textAt(value, 'spec', 'url'));
    if (group === 'fluxcd.controlplane.io') add(textAt(value, 'spec', 'sync', 'url'));
    // What installs the Flux Operator's instance as a chart says it in its values.
    if (group === 'helm.toolkit.fluxcd.io') add(textAt(value, 'spec', 'values', 'instance', 'sync', 'url'));
  }
  // What begins a cluster may be the values of an instance's chart.
  for (const { resource } of kustomizations) add(syncIn(resource.document)?.address);
  return owners;
}

/** Whether an address is surely somebody else's: one has to know whose this tree is. */
export function isOfOthers(address: string | undefined, owners: ReadonlySet<string>): boolean {
  const owner = ownerOf(address);
  return owner !== undefined && owners.size > 0 && !owners.has(owner);
}

/** The first part of the way on a host where many have repositories: of others nobody can tell. */
function ownerOf(address = ''): string | undefined {
  const [, owner] =
    /^(?:[a-z+]+:\/\/)?(?:[^/@]*@)?(?:(?:www\.|raw\.|gist\.)?github(?:usercontent)?\.com|gitlab\.com|codeberg\.org|bitbucket\.org|ghcr\.io|quay\.io)[/:]([^/]+)\//i.exec(
      `${address}/`,
    ) ?? [];
  return owner?.toLowerCase();
}
