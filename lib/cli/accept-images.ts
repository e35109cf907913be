import { spawnSync } from 'node:child_process';
import { lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { EspalierError } from '../errors';
import { imageParts, pinnedImage } from '../systems/image';
import { pinnedCall } from '../systems/image-pin';
import { groupBy } from '../text/group-by';
import { compareTree } from '../tree';
import type { ImageEdit } from '../tree/image-edits';
import { onOneLine } from '../tree/yaml/characters';
import type { Target } from './targets';
import { print } from './terminal';
import { sourcesBelow } from './watch/watched-files';
import { shown } from './written';

/** Loaded where a tree has markers at all: it reads YAML with its comments. */
function readingYaml(): typeof import('../tree/image-edits') {
  return require('../tree/image-edits') as typeof import('../tree/image-edits');
}

/** A file of a tree that an image automation has written, and what it set in it. */
export interface EditedFile {
  readonly path: string;
  readonly edits: readonly ImageEdit[];
}

/** The files of a tree in which nothing but values with the marker of an image policy was edited. */
export function editedImages({ files, outdir }: Pick<Target, 'files' | 'outdir'>): readonly EditedFile[] {
  if (![...files.values()].some((text) => text.includes('$imagepolicy'))) return [];
  const plan = compareTree(files, outdir);
  const edited = new Set(plan.conflicts.filter(({ why }) => why === 'edited').map(({ path }) => path));
  const { imageEdits } = readingYaml();
  return plan.changed.flatMap(({ path, before = '', after = '' }) => {
    const edits = edited.has(path) && after.includes('$imagepolicy') ? imageEdits(after, before) : undefined;
    return edits === undefined ? [] : [{ path, edits }];
  });
}

/**
 * Refuses an image that would change in a file, too, in which the automation has not set it: that of another cluster, whose policy has
 * the same name, and which may choose otherwise.
 *
 * @throws EspalierError with both files
 */
function refuseElsewhere(targets: readonly Target[], edited: readonly (readonly EditedFile[])[]): void {
  const all = edited.flatMap((files) => files.flatMap(({ path, edits }) => edits.map((edit) => ({ path, ...edit }))));
  for (const [i, { files }] of targets.entries()) {
    const set = new Set(edited[i]?.map(({ path }) => path));
    for (const [path, text] of files) {
      if (set.has(path) || !text.includes('$imagepolicy')) continue;
      for (const { policy, part, value } of readingYaml().markedValues(text)) {
        const same = all.find((edit) => edit.policy === policy && edit.part === part && edit.before === value);
        if (same === undefined) continue;
        throw new EspalierError(
          `ImagePolicy ${policy}: image automation set ${onOneLine(same.after)} in ${same.path}, and not in ${path}, which has the same image and marker. ` +
            'Where each cluster has a policy of its own, give these names of their own and each image its own pinned(); otherwise let the automation finish.',
        );
      }
    }
  }
}

/** What to say where a tree has such files and nobody has asked to accept them; undefined where it has none. */
export function imagesEdited(edited: readonly EditedFile[], outdir: string): string | undefined {
  if (edited.length === 0) return undefined;
  const lines = edited.map(({ path, edits }) => {
    return `  ${[path, ...edits.map(({ before, after }) => `${before} → ${onOneLine(after)}`)].join(', ')}`;
  });
  return (
    `${shown(outdir)}: image automation wrote ${edited.length === 1 ? 'this file' : 'these files'}, in which nothing else was edited:\n` +
    `${lines.join('\n')}\nRun espalier synth --accept-images: it writes the images into the source, too.`
  );
}

/** What becomes of an image in the source. */
interface Update {
  readonly policy: string;
  readonly parts: Readonly<Record<'repository' | 'tag' | 'digest', Change | undefined>>;
}

interface Change {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * Writes what an image automation has set in a tree into the app's source, and has the command run again, which then yields the same.
 *
 * @param file the app's
 * @param edited of each target
 * @returns the exit code of that run; undefined where nothing is to be written into the source
 * @throws EspalierError where the source has no such image; then, and where the other run fails, the source is as it was
 */
export function acceptImages(
  file: string,
  targets: readonly Target[],
  edited: readonly (readonly EditedFile[])[],
  args: readonly string[],
): number | undefined {
  const edits = edited.flat().flatMap((one) => one.edits);
  if (edits.length === 0) return undefined;
  refuseElsewhere(targets, edited);
  const folder = dirname(resolve(file));
  const before = new Map(sourcesOf(folder).map((path) => [path, readFileSync(path, 'utf8')]));
  const updates = [...groupBy(edits, (edit) => edit.policy)].map(([policy, ofPolicy]) => updateOf(policy, ofPolicy));
  const calls = updates.flatMap((update) => callsOf(update, before, folder));
  const after = [...groupBy(calls, ({ path }) => path)].map(([path, ofFile]) => {
    return [path, withCalls(before.get(path) ?? '', ofFile)] as const;
  });
  for (const [path, text] of after) replace(path, text);
  const command = [...process.execArgv, process.argv[1] ?? '', ...args];
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) {
    for (const [path] of after) replace(path, before.get(path) ?? '');
    return status ?? 2;
  }
  const written = calls.map(({ path, line, text }) => `${relative(process.cwd(), path)}:${line}: ${text}`);
  print([...new Set(written)].join('\n'));
  return 0;
}

/** Links are left out: what they lead to may lie anywhere. */
function sourcesOf(folder: string): string[] {
  return sourcesBelow(folder).filter((path) => lstatSync(path).isFile());
}

function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

/** @throws EspalierError where an automation set two values, or one that is no image */
function updateOf(policy: string, edits: readonly ImageEdit[]): Update {
  const parts: Record<'repository' | 'tag' | 'digest', Change | undefined> = {
    repository: undefined,
    tag: undefined,
    digest: undefined,
  };
  const set = (part: keyof typeof parts, change: Change) => {
    const other = parts[part];
    if (other !== undefined && other.after !== change.after) {
      throw new EspalierError(
        `ImagePolicy ${policy}: the tree has two values of its ${part}, ${other.after} and ${change.after}. Let the automation finish, or restore the files from Git.`,
      );
    }
    parts[part] = change;
  };
  for (const { part, before, after } of edits) {
    const [old, now] = [before, after].map((text) => partsOf(part, text));
    for (const each of ['repository', 'tag', 'digest'] as const)
      if (old && now && each in now) set(each, { before: old[each], after: now[each] });
  }
  const { repository, tag, digest } = parts;
  const image = `${repository?.after ?? 'a'}:${tag?.after ?? '1'}${digest?.after === undefined ? '' : `@${digest.after}`}`;
  if (!pinnedImage.accepts(image)) {
    const given = edits.map(({ after }) => JSON.stringify(after)).join(', ');
    throw new EspalierError(`ImagePolicy ${policy}: the tree has ${given}. Allowed: ${pinnedImage.allowed}.`);
  }
  return { policy, parts };
}

function partsOf(part: ImageEdit['part'], value: string): Partial<ReturnType<typeof imageParts>> {
  if (part === 'image') return imageParts(value);
  return { [part === 'name' ? 'repository' : part]: value };
}

/** A call of `pinned` in a source file, and what it becomes. */
interface Call {
  readonly path: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether it names the policy as a text; by a variable, it may be any. */
  readonly names: boolean;
}

/** The calls that an image is from. @throws EspalierError where there is none, or where it may be from several */
function callsOf({ policy, parts }: Update, sources: ReadonlyMap<string, string>, folder: string): readonly Call[] {
  const all: Call[] = [];
  for (const [path, source] of sources) {
    for (const match of source.matchAll(new RegExp(pinnedCall, 'dg'))) {
      const [start, end] = [match.index, match.index + match[0].length];
      const options = policyOption.exec(source.slice(end));
      if (options === null || (options[1] !== undefined && options[1] !== policy)) continue;
      const text = updated(match, parts);
      const line = source.slice(0, start).split('\n').length;
      if (text !== undefined) all.push({ path, line, start, end, text, names: options[1] !== undefined });
    }
  }
  const named = all.filter(({ names }) => names);
  if (named.length > 0) return named;
  if (all.length === 1) return all;
  const places = all.map(({ path, line }) => `${relative(process.cwd(), path)}:${line}`).join(', ');
  const image = `pinned('${parts.repository?.before ?? '…'}', '${parts.tag?.before ?? '…'}', { policy: '${policy}' })`;
  throw new EspalierError(
    all.length === 0
      ? `ImagePolicy ${policy}: no source file below ${shown(folder)} has its image as literal texts. Write ${image} there, or change the source by hand and run espalier synth --force.`
      : `ImagePolicy ${policy}: its image may be from any of ${places}. Name the policy in one of them: ${image}.`,
  );
}

/** The rest of a call, to the policy that it names: as a text, or by a variable. */
const policyOption = /^\s*,\s*\{[^}]*?\bpolicy\b(?:\s*:\s*['"]([^'"]*)['"])?/;

/** A call as it is to be; undefined for one of another image. */
function updated(match: RegExpMatchArray, parts: Update['parts']): string | undefined {
  const { depName = '', currentValue = '', currentDigest } = match.groups ?? {};
  const { repository, tag, digest } = parts;
  const isOther =
    (repository && repository.before !== depName) ||
    (tag && tag.before !== currentValue) ||
    (digest && digest.before !== currentDigest);
  const { depName: name, currentValue: value } = match.indices?.groups ?? {};
  if (isOther || match.index === undefined || !name || !value) return undefined;
  const from = (start: number, end: number) => match[0].slice(start - (match.index ?? 0), end - (match.index ?? 0));
  const next = digest ? digest.after : currentDigest;
  return [
    from(match.index, name[0]),
    repository?.after ?? depName,
    from(name[1], value[0]),
    tag?.after ?? currentValue,
    next === undefined ? '' : `@${next}`,
    match[0].at(-1),
  ].join('');
}

/** A source with its calls as they are to be; a call that several policies mean is written once. */
function withCalls(source: string, calls: readonly Call[]): string {
  let text = source;
  for (const { start, end, text: next } of [...calls].sort((a, b) => b.start - a.start)) {
    const before = source.slice(start, end);
    if (text.slice(start, end) === before) text = text.slice(0, start) + next + text.slice(end);
  }
  return text;
}
