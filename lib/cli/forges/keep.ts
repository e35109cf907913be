import type { Thread } from './forge';

/** What became of the comment. */
export type Kept = 'written' | 'updated' | 'unchanged' | 'removed' | 'resolved' | 'none';

/**
 * Sees to it that a change has one comment of a name, with this text: the one that is there is updated in place, those that runs at the
 * same time have written beside it go.
 *
 * @param marker the line that the comment begins with; readers do not see it
 * @param text undefined where nothing is to say
 */
export async function keepComment(thread: Thread, marker: string, text: string | undefined): Promise<Kept> {
  const found = (await thread.comments()).filter((one) => one.text.startsWith(`${marker}\n`));
  const own = found.filter((one) => one.own);
  const [first, ...others] = own;
  for (const { id } of others) await thread.remove(id);
  if (text === undefined) {
    if (first === undefined || first.resolved) return 'none';
    if (thread.resolve === undefined) {
      await thread.remove(first.id);
      return 'removed';
    }
    await thread.resolve(first.id, `${marker}\nEspalier has nothing to say of this change any more.`);
    return 'resolved';
  }
  const body = `${marker}\n${text}`;
  if (first === undefined) {
    const author = await thread.create(body);
    // By what it writes a token shows whom it stands for, even if it may not say so: what it wrote before goes.
    for (const one of found) if (author !== undefined && one.author === author) await thread.remove(one.id);
    return 'written';
  }
  if (!first.resolved && isSame(first.text, body)) return 'unchanged';
  await thread.update(first.id, body);
  return 'updated';
}

/** Forges keep line ends in their own way, and drop blanks at the end. */
function isSame(a: string, b: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();
  return plain(a) === plain(b);
}
