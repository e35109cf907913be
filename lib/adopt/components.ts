import { posix } from 'node:path';
import { textAt } from '../json/read';
import { joinPath } from '../text/join-path';
import type { Demotions } from './demotions';
import type { Draft } from './draft';
import { Call, type Code, type CodeObject, isCodeObject, isExpression, plainOf } from './program';

/**
 * Names the Components of kustomize by their folders, in place of the ways to them from each folder that uses them: what uses the same
 * Component says the same then.
 *
 * @param sourceRoot the folder of the tree in Flux's source
 */
export function nameComponents(drafts: readonly Draft[], demotions: Demotions, sourceRoot: string): void {
  for (const draft of drafts) {
    const path = draft.handles && draft.value && textAt(plainOf(draft.value), 'spec', 'path');
    if (draft.props && path !== undefined) draft.props = withNames(draft.props, path);
    const { props, folder } = draft;
    const file = props?.kustomizationFile;
    if (folder === undefined || demotions.has(folder) || file === undefined) continue;
    const from = sourceRoot === '.' ? folder.path : joinPath(sourceRoot, folder.path);
    const isCommented = file instanceof Call;
    const fields = isCommented ? file.args[0] : file;
    if (!isCodeObject(fields) || isExpression(fields)) continue;
    const named = withNames(fields, from);
    const said = isCommented ? new Call(file.name, [named, ...file.args.slice(1)], file.plain) : named;
    draft.props = { ...props, kustomizationFile: said };
  }
}

function withNames(fields: CodeObject, from: string): CodeObject {
  const { components } = fields;
  return components === undefined ? fields : { ...fields, components: named(components, from) };
}

/** The Components of a list, under what is said of them. */
function named(code: Code, from: string): Code {
  if (Array.isArray(code)) return (code as readonly Code[]).map((item) => named(item, from));
  if (code instanceof Call && code.name === 'commented')
    return new Call(code.name, [named(code.args[0] as Code, from), ...code.args.slice(1)], code.plain);
  if (typeof code !== 'string' || !/^\.\.?\//.test(code)) return code;
  const path = posix.join(from, code);
  const isSaidAlike = !path.startsWith('..') && posix.relative(from, path) === code;
  return isSaidAlike ? new Call('Directory.named', [path], code) : code;
}
