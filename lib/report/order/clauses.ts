import { groupBy } from '../../text/group-by';
import { few } from '../../text/listed';
import type { ToldKustomization, ToldPrerequisite } from './told';

const mostNames = 4;

/** What is to be known of each of several prerequisites, and what of all of them. */
export function notesOf(all: readonly ToldPrerequisite[]): {
  shared: readonly string[];
  own(one: ToldPrerequisite): string;
} {
  const [first] = all;
  const shared =
    all.length < 3 ? [] : (first?.notes ?? []).filter((note) => all.every(({ notes }) => notes.includes(note)));
  return { shared, own: (one) => clauses(one, shared).join('; ') };
}

function clauses({ what, keys, notes, neededBy, wave }: ToldPrerequisite, shared: readonly string[]): string[] {
  const others = neededBy.filter((name) => name !== what);
  const needs = others.length === 0 ? [] : [`for ${few(others, mostNames).join(', ')}`];
  const when = wave === undefined ? [] : [`from wave ${wave} on`];
  return [
    ...(keys.length === 0 ? [] : [`with ${keys.map((key) => `\`${key}\``).join(', ')}`]),
    ...notes.filter((note) => !shared.includes(note)),
    ...(needs.length + when.length === 0 ? [] : [[...needs, ...when].join(', ')]),
  ];
}

/** Kustomizations of which the same is to be known, together. */
export function alike(
  wave: readonly ToldKustomization[],
): readonly { readonly names: readonly string[]; readonly clauses: readonly string[] }[] {
  const groups = groupBy(wave, (one) => clausesOf(one).join('\n'));
  return [...groups.values()].map((group) => ({
    names: group.map(({ kustomization }) => kustomization),
    clauses: clausesOf(group[0]),
  }));
}

/** What is to be known of a Kustomization, each a clause. */
function clausesOf({ after, ready, defines, webhooks, releases, retries }: ToldKustomization): string[] {
  return [
    ...(after.length === 0 ? [] : [`after ${after.join(', ')}`]),
    ready.join(', '),
    ...(defines.length === 0 ? [] : [`brings the definitions of ${defines.join(', ')}`]),
    ...(webhooks.length === 0
      ? []
      : [`brings ${webhooks.join(', ')}: what they judge is refused until their pods answer`]),
    ...releases.map(({ release, after }) => `${release} after ${after.join(', ')}`),
    ...retries.map(
      ({ kinds, by, wave }) => `fails until ${by} (wave ${wave}) has brought ${kinds.join(', ')}, and tries again`,
    ),
  ];
}
