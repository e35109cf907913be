import type { Json, Path } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { isAppConfig, resolve, variableOf } from '../../systems/backstage/app-config';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { type Environment, environmentOf } from '../environment';
import { isKnown } from '../substitution';
import { type Container, containersOf, type PodTemplate, podTemplates } from '../workload';
import { type MountedFile, type Mounts, mountsOf } from './mounts';

/** An app-config that a container loads. */
export interface ConfigFile extends MountedFile {
  /** What it says; undefined where it is not YAML. */
  readonly value: Json | undefined;
}

/** A container that runs Backstage, and what the tree shows of its configuration. */
export interface Backstage {
  readonly pod: PodTemplate;
  readonly container: Container;
  readonly environment: Environment;
  readonly mounts: Mounts;
  /** What `--config` names, as it is written; empty where the image's own command decides. */
  readonly named: readonly { readonly file: string; readonly path: Path }[];
  /** Whether the container says the whole command, and not the image a part of it. */
  readonly ownCommand: boolean;
  /** The app-configs that it loads, later ones before earlier ones in force. */
  readonly files: readonly ConfigFile[];
  /** Whether it loads no others: none of the image, that is. */
  readonly complete: boolean;
}

/** The containers that run Backstage: by their image's name, or because they have an app-config. */
export const backstagesIn = memoize((cluster: Cluster): readonly Backstage[] => [...find(cluster)]);

function* find(cluster: Cluster): Generator<Backstage> {
  for (const pod of podTemplates(cluster.resources)) {
    for (const container of containersOf(pod)) {
      const mounts = mountsOf(pod, container, cluster);
      const named = namedConfigs(container);
      const names = [...mounts.files.map(({ path }) => path), ...named.map(({ file }) => file)];
      const isImage = /(?:^|[/_-])(?:backstage|rhdh)(?:[-_:@/]|$)/.test(textAt(container.value, 'image') ?? '');
      const hasConfig = names.some((name) => isAppConfig(baseName(name)));
      if (container.init || (!isImage && !hasConfig)) continue;
      const namedFiles = named.map(({ file }) => mounts.files.find(({ path }) => isSame(path, file)));
      const loaded =
        named.length > 0
          ? namedFiles.filter((file) => file !== undefined)
          : mounts.files.filter(({ path }) => isAppConfig(baseName(path)));
      const files = loaded.map((file) => ({ ...file, value: parse(textAt(file.map.value, 'data', file.key)) }));
      const ownCommand = listAt(container.value, 'command').length > 0;
      yield {
        pod,
        container,
        environment: environmentOf(pod, container, cluster),
        mounts,
        named,
        ownCommand,
        files,
        complete: ownCommand && named.length > 0 && files.length === named.length && files.every(isRead),
      };
    }
  }
}

function isRead({ value }: ConfigFile): boolean {
  return value !== undefined;
}

/** A relative path is one below the image's working directory, which nobody knows here. */
function isSame(path: string, named: string): boolean {
  const plain = named.replace(/^(?:\.\/)+/, '');
  return named.startsWith('/') ? path === named : path.endsWith(`/${plain}`);
}

/** Every `--config` of the container's command and arguments, also within a line for a shell. */
function namedConfigs({ value, path }: Container): { file: string; path: Path }[] {
  const words = (['command', 'args'] as const).flatMap((field) =>
    listAt(value, field).map((word, i) => ({ word: typeof word === 'string' ? word : '', path: [...path, field, i] })),
  );
  return words.flatMap(({ word, path: place }, i) => {
    if (word === '--config') {
      const next = words[i + 1];
      return next === undefined ? [] : [{ file: next.word, path: next.path }];
    }
    return [...word.matchAll(/--config(?:=|\s+)["']?([^\s"';&|]+)/g)].map(([, file = '']) => ({ file, path: place }));
  });
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Read by the parser that Backstage has, loaded only where there is something to read. */
function parse(text: string | undefined): Json | undefined {
  if (text === undefined || !isKnown(text)) return undefined;
  try {
    const { isCollection, parseDocument, visit } = require('yaml') as typeof import('yaml');
    const document = parseDocument(text, { logLevel: 'silent', prettyErrors: false });
    // It prints a mapping that is a key, and one within one for ever longer: `{{{{`.
    let isOdd = document.errors.length > 0;
    visit(document, {
      Pair: (_, { key }) => {
        isOdd ||= isCollection(key);
        return isOdd ? visit.BREAK : undefined;
      },
    });
    return isOdd ? undefined : (document.toJS() as Json);
  } catch {
    return undefined;
  }
}

/** What a setting is, and where it is from. */
export interface Setting {
  /** Undefined where a variable in it is not known. */
  readonly text: string | undefined;
  /** The variables that it is made of. */
  readonly written: string;
  readonly file: ConfigFile | undefined;
}

/** A setting of the files that are known, the variables of APP_CONFIG_ before them. */
export function settingOf({ files, environment }: Backstage, ...path: string[]): Setting | undefined {
  const own = environment.values.get(variableOf(path));
  if (own !== undefined) return { text: own.text, written: '', file: undefined };
  for (const file of [...files].reverse()) {
    const value = at(file.value, ...path);
    if (value === undefined || value === null || typeof value === 'object') continue;
    const written = String(value);
    return { text: resolve(written, (name) => environment.values.get(name)?.text), written, file };
  }
  return undefined;
}

/** Whether a known file says anything at a path. */
export function says({ files }: Backstage, ...path: string[]): boolean {
  return files.some((file) => at(file.value, ...path) !== undefined);
}
