import type { Cluster } from '../../../graph/cluster';
import type { Resource, ResourcePath } from '../../../graph/resource';
import { ofObject, type Subject } from '../../../graph/subjects';
import { pathText } from '../../../json/path-text';
import { effect, type Happening } from '../../effect';
import type { Consequence } from '../walk';

/**
 * `gone`: it is deleted. `fails`: it is there, and does not do what others need it for; `emptied`: what it reads elsewhere is gone.
 * `kept`: it goes on, and so does what depends on it.
 */
export type Loss = 'gone' | 'fails' | 'emptied' | 'kept';

export type Found = Consequence<Loss>;

/** Where losses are looked for, and what is lost for good with an object. */
export interface Setting {
  readonly cluster: Cluster;
  lossesOf(resource: Resource): readonly Happening[];
}

export function failing(on: Subject, message: string, at: ResourcePath | undefined): Found {
  const happening: Happening = effect('blocked', 'high', message);
  return { on, event: 'fails', happening, at };
}

/** An object that is deleted with another, and what it takes along. */
export function deletedWith(resource: Resource, what: string, { lossesOf }: Setting): Found {
  const lost = lossesOf(resource).filter(({ kind }) => kind === 'data' || kind === 'password');
  const [first] = lost;
  const message = [`is deleted with ${what}`, ...lost.map((loss) => loss.message)].join(', and ');
  return {
    on: ofObject(resource),
    event: 'gone',
    happening: effect(first?.kind ?? 'deleted', first?.danger ?? 'high', message),
  };
}

/** Of each object the first place: that it depends on something is said once. */
export function firstOfEach<T extends ResourcePath>(places: readonly T[]): T[] {
  const first = new Map<Resource, T>();
  for (const place of places) if (!first.has(place.resource)) first.set(place.resource, place);
  return [...first.values()];
}

/** What names it in a text. */
export function mentioning(at: ResourcePath, message: string): Found {
  const happening = effect('other', 'medium', `${message} (\`${pathText(at.path)}\`)`);
  return { on: ofObject(at.resource), event: 'kept', happening, at, isMention: true };
}
