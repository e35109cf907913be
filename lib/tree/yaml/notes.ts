import type { Json } from '../../json/json';
import type { FieldComment } from '../tree';

/** Comments by the place that they belong to: what is said of a value, and of its fields or items. */
export interface Notes {
  above: string[];
  end: string[];
  readonly after: string[];
  readonly below: Map<string | number, Notes>;
}

/** Puts the comments on a document in the order in which it is written. What is said of fields that it does not have is left out. */
export function notesOf(document: Json, comments: readonly FieldComment[]): Notes {
  const root = emptyNotes();
  for (const { path, text, at } of comments) {
    let notes = root;
    for (const step of path) {
      const below = notes.below.get(step) ?? emptyNotes();
      notes.below.set(step, below);
      notes = below;
    }
    // A line break would end the comment.
    if (at === 'end' && !/[\r\n\u0085\u2028\u2029]/.test(text)) notes.end.push(text);
    else (at === 'below' ? notes.after : notes.above).push(text);
  }
  lift(root, document);
  return root;
}

function emptyNotes(): Notes {
  return { above: [], end: [], after: [], below: new Map() };
}

/** An item and its first field share a line, and above that line stands what is said of either. */
function lift(notes: Notes, value: Json | undefined): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [step, below] of notes.below) {
    const item: Json | undefined = (value as Readonly<Record<string | number, Json>>)[step];
    lift(below, item);
    const first = Array.isArray(value) ? firstOf(item) : undefined;
    if (first === undefined) continue;
    const onSameLine = below.below.get(first);
    below.above = [...below.above, ...below.end, ...(onSameLine?.above ?? [])];
    below.end = [];
    if (onSameLine) onSameLine.above = [];
  }
}

function firstOf(item: Json | undefined): string | number | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  if (Array.isArray(item)) return item.length > 0 ? 0 : undefined;
  return Object.entries(item).find(([, value]) => value !== undefined)?.[0];
}
