import type { Filter, Scene } from './state';

/** What is looked at, as the address of the page says it behind its `#`. */
export interface Place extends Filter {
  /** The name of a picture. */
  readonly of: string;
  /** `ExternalSecret/backstage/backstage-secrets`; '' where no details are open. */
  readonly node: string;
}

export function placeOf({ picture }: Scene, filter: Filter, chosen: number | undefined): Place {
  return { of: picture.name, ...filter, node: chosen === undefined ? '' : idOf(picture.nodes[chosen]) };
}

/** The node that a place names; undefined where the picture has it no more. */
export function nodeOf({ picture }: Scene, id: string): number | undefined {
  const found = id === '' ? -1 : picture.nodes.findIndex((node) => idOf(node) === id);
  return found < 0 ? undefined : found;
}

function idOf(node: Scene['picture']['nodes'][number] | undefined): string {
  if (node === undefined) return '';
  return [node.caption, node.namespace, node.name].filter((part) => part !== '').join('/');
}

export function readPlace(): Place {
  const given = new URLSearchParams(location.hash.slice(1));
  const [of, app, namespace, node] = ['of', 'app', 'namespace', 'node'].map((name) => given.get(name) ?? '');
  return { of: of ?? '', app: app ?? '', namespace: namespace ?? '', node: node ?? '' };
}

/** Keeps a place in the address, without a step in the browser's history. */
export function writePlace(place: Place): void {
  const given = new URLSearchParams(Object.entries(place).filter(([, value]) => value !== ''));
  try {
    history.replaceState(null, '', `#${given}`);
  } catch {
    // A page within another may not.
  }
}
