import { commonOptions } from '../arguments';
import type { Command, Commands, Offered, Option } from '../command';

/** A word that may be typed, and what it is about. */
export interface Word {
  readonly word: string;
  readonly about?: string;
}

/**
 * What may stand in the place of the last word of a command line.
 *
 * @param typed the words behind `espalier`; bash makes three of `--format=json`
 * @returns words that begin as the last one does; none where the shell shall offer files
 */
export async function wordsFor(typed: readonly string[], commands: Commands): Promise<readonly Word[]> {
  const last = typed.at(-1) ?? '';
  const words = [...typed.slice(0, -1), last === '=' ? '' : last].filter((word) => word !== '=');
  const [name = ''] = words;
  if (words.length < 2) {
    const named = Object.entries(commands).map(([word, { summary }]) => ({ word, about: summary }));
    return beginning([...named, { word: '--help' }, { word: '--version' }], name);
  }
  const command = Object.hasOwn(commands, name) ? commands[name]?.load() : undefined;
  return command === undefined ? [] : ofCommand(command, words.slice(1));
}

async function ofCommand(command: Command, words: readonly string[]): Promise<readonly Word[]> {
  const options = { ...command.options, ...commonOptions };
  const { values, arguments: given, waiting } = readWords(options, words.slice(0, -1));
  const last = words.at(-1) ?? '';
  if (waiting !== undefined) return beginning(await ofOption(options[waiting], values, given), last);
  const [, option = '', value = ''] = /^--([^=]+)=(.*)$/.exec(last) ?? [];
  if (option !== '') {
    const found = beginning(await ofOption(options[option], values, given), value);
    return found.map(({ word, about }) => ({ word: `--${option}=${word}`, ...(about && { about }) }));
  }
  if (last.startsWith('-')) {
    const free = Object.entries(options).filter(
      ([name, { multiple, hidden }]) => !hidden && (multiple || !values.has(name)),
    );
    return beginning(
      free.map(([name]) => ({ word: `--${name}`, about: saidOf(command.help, name) })),
      last,
    );
  }
  const offers = command.offers ?? [];
  return beginning(await offered(offers[Math.min(given.length, offers.length - 1)], values, given), last);
}

interface Read {
  readonly values: ReadonlyMap<string, string>;
  readonly arguments: readonly string[];
  /** The option whose value comes next. */
  readonly waiting: string | undefined;
}

function readWords(options: Readonly<Record<string, Option>>, words: readonly string[]): Read {
  const values = new Map<string, string>();
  const given: string[] = [];
  let waiting: string | undefined;
  for (const word of words) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/.exec(word) ?? [];
    if (waiting !== undefined) values.set(waiting, word);
    else if (name !== undefined) values.set(name, value ?? '');
    else if (!word.startsWith('-')) given.push(word);
    const wants =
      waiting === undefined && name !== undefined && value === undefined && options[name]?.type === 'string';
    waiting = wants ? name : undefined;
  }
  return { values, arguments: given, waiting };
}

function ofOption(
  option: Option | undefined,
  values: Read['values'],
  given: readonly string[],
): Promise<readonly Word[]> {
  return offered(option?.choices ?? option?.offers, values, given);
}

async function offered(
  what: Offered | readonly string[] | undefined,
  values: Read['values'],
  given: readonly string[],
): Promise<readonly Word[]> {
  if (typeof what === 'object') return what.map((word) => ({ word }));
  if (what === 'rule') {
    const { rules } = require('../../checks/rules') as typeof import('../../checks/rules');
    const systems = [...new Set(rules.map(({ id }) => id.replace(/\/.*/, '')))];
    return [...systems.map((word) => ({ word })), ...rules.map(({ id, title }) => ({ word: id, about: title }))];
  }
  if (what === 'cluster') {
    const { clustersOf } = require('./clusters') as typeof import('./clusters');
    return (await clustersOf(values.get('path') ?? given[0] ?? '.')).map((word) => ({ word }));
  }
  if (what === 'revision') {
    const { revisionNames } = require('../../tree/source') as typeof import('../../tree/source');
    return revisionNames('.').map((word) => ({ word }));
  }
  return [];
}

/** What a shell needs to quote is not offered: it comes from trees and repositories, and not every shell would quote it. */
const plain = /^[\w./@:+=-]+$/;

function beginning(words: readonly Word[], last: string): readonly Word[] {
  return words.filter(({ word }) => word.startsWith(last) && plain.test(word));
}

/** What `--help` says of an option, as far as its first line goes. */
function saidOf(help: string, option: string): string {
  const [, said = ''] = new RegExp(`^ +--${option}(?: [A-Z]+)? {1,}(\\S.*)$`, 'm').exec(help) ?? [];
  return said;
}
