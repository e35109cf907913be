import type { IConstruct } from 'constructs';
import type { Path } from '../../json/json';
import { refuse } from '../input-error';

/** What an app-config that was given as text says, and where. */
export interface ConfigText {
  readonly value: Readonly<Record<string, unknown>>;
  /** `line 12`, where the value at this path holds a text. */
  at(path: Path, text: string): string;
}

/** Loaded only where a text is read: it takes 35 ms. It is the parser that Backstage has. (config-loader, sources/utils) */
const yaml = (): typeof import('yaml') => require('yaml');

/**
 * Reads an app-config as Backstage does.
 *
 * @throws EspalierError for what is not one mapping. The message names the line and never a value.
 */
export function readConfigText(scope: IConstruct, text: string): ConfigText {
  const { isMap, isSeq, LineCounter, parseAllDocuments } = yaml();
  const lines = new LineCounter();
  const line = (offset: number) => `line ${lines.linePos(offset).line}`;
  const example = "{ app: { title: 'Webgrip' } }";
  const [document, second] = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const error = document?.errors[0];
  if (error) {
    refuse(scope, {
      field: `content, ${line(error.pos[0])}`,
      allowed: `YAML that Backstage can read; there: ${withoutSource(error.message)}`,
      example,
    });
  }
  if (second) {
    const allowed = 'one document; a second one begins here';
    refuse(scope, { field: `content, ${line(second.range[0])}`, allowed, example });
  }
  const contents = document?.contents;
  if (!isMap(contents) || contents.items.length === 0) {
    const is = isMap(contents) ? 'an empty one' : isSeq(contents) ? 'a list' : 'not a mapping';
    refuse(scope, { field: 'content', allowed: `a mapping of settings; this is ${is}`, example });
  }
  return {
    value: settings(scope, () => document?.toJS()),
    at: (path, found) => {
      // An alias has no node of its own for what lies below it.
      for (let depth = path.length; depth > 0; depth--) {
        const node = document?.getIn(path.slice(0, depth), true) as { range?: readonly number[] } | undefined;
        const [start, end] = node?.range ?? [];
        if (start === undefined || end === undefined) continue;
        const offset = text.indexOf(found, start);
        return line(offset >= 0 && offset < end ? offset : start);
      }
      return 'line 1';
    },
  };
}

/** Aliases of nothing, and those that stand for too much, are found only here. */
function settings(scope: IConstruct, read: () => unknown): Readonly<Record<string, unknown>> {
  try {
    return read() as Readonly<Record<string, unknown>>;
  } catch (error) {
    const allowed = `YAML that Backstage can read: ${withoutSource((error as Error).message)}`;
    return refuse(scope, { field: 'content', allowed, example: 'an anchor (&name) before its alias (*name)' });
  }
}

/** A parser's message without what it quotes. */
function withoutSource(message: string): string {
  return message.replace(/(?<=\S): .*$/s, '').replace(/(Invalid escape sequence).*$/s, '$1');
}
