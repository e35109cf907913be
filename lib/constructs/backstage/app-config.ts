import type { Construct } from 'constructs';
import type { Json, Path } from '../../json/json';
import { pathText } from '../../json/path-text';
import { referencesIn } from '../../systems/backstage/app-config';
import { emitYaml } from '../../tree/yaml/emit';
import { refuse, where } from '../input-error';
import { refuseUnknown } from '../refuse-unknown';
import type { ResourceProps } from '../resource';
import { ConfigMap } from '../workload';
import { readConfigText } from './config-text';

export interface AppConfigProps extends ResourceProps {
  /** The text of a YAML file, or what it would hold. Variables are written as Backstage has them: `${GITHUB_TOKEN}`. */
  readonly content: string | Readonly<Record<string, unknown>>;
}

/** A variable's name, or a file's path, and where it is read: `line 12`, or `backend.database.connection.host`. */
export interface ConfigReference {
  readonly name: string;
  readonly at: string;
}

const file = 'app-config.yaml';
const folder = '/etc/backstage';

/**
 * An app-config of Backstage in a ConfigMap: settings that differ from those in the image.
 *
 * What it says reaches Backstage as it stands: where Flux replaces variables, `${…}` is escaped. A BackstageDeployment
 * that takes it has every variable that it reads, or is refused.
 *
 * @example
 * new AppConfig(portal.directory, 'app-config', { content: readFileSync('app-config.soyo.yaml', 'utf8') });
 */
export class AppConfig extends ConfigMap<typeof file> {
  /** The folder that a container finds it in. */
  readonly folder = folder;
  /** Its path there. */
  readonly path = `${folder}/${file}`;
  /** The variables that must be set, and where each is read. */
  readonly variables: readonly ConfigReference[];
  /** `backend.database.pluginDivisionMode`, where the content says it. */
  readonly pluginDivisionMode: unknown;

  constructor(scope: Construct, id: string, props: AppConfigProps) {
    const { content, ...rest } = props ?? {};
    super(scope, id, { ...rest, data: { [file]: textOf(content, `appConfig of ${where(scope)}/${id}`) } });
    refuseUnknown(this, AppConfig, props);
    this.requireSettings(content);
    const { value, at } =
      typeof content === 'string' ? readConfigText(this, content) : { value: content, at: pathText };
    const { variables, files } = referencesOf(value as Json, at);
    for (const { name, at } of files) this.requireAbsolute(name, at);
    this.variables = variables;
    this.pluginDivisionMode = divisionOf(value);
  }

  private requireSettings(content: unknown): void {
    const object = typeof content === 'object' && content !== null;
    const empty = typeof content === 'string' ? content.trim() === '' : !object || Object.keys(content).length === 0;
    if (!empty && !Array.isArray(content)) return;
    refuse(this, {
      field: 'content',
      // A list may hold values that are nobody's business.
      ...(empty ? { value: content ?? undefined } : {}),
      allowed: 'the text of an app-config, or an object with its settings',
      example: "{ app: { title: 'Webgrip' } }",
    });
  }

  private requireAbsolute(path: string, at: string): void {
    if (path.startsWith('/')) return;
    refuse(this, {
      field: `the file read at ${at}`,
      value: path,
      allowed: `an absolute path in the container, because the folder of ${this.path} holds no other file`,
      example: JSON.stringify(`/app/${path.replace(/^(\.{0,2}\/)+/, '')}`),
    });
  }
}

function textOf(content: AppConfigProps['content'], origin: string): string {
  if (typeof content === 'string') return content;
  // What is no object is refused once there is a construct to name.
  return typeof content === 'object' && content !== null ? emitYaml(content as Json, origin) : '';
}

function divisionOf(content: Readonly<Record<string, unknown>>): unknown {
  const { database } = (content.backend ?? {}) as { database?: { pluginDivisionMode?: unknown } };
  return database?.pluginDivisionMode;
}

/** The variables and files that a configuration reads. */
export function referencesOf(
  value: Json,
  place: (path: Path, text: string) => string,
): { readonly variables: readonly ConfigReference[]; readonly files: readonly ConfigReference[] } {
  const found = [...referencesIn(value)];
  const of = (what: string): ConfigReference[] =>
    found
      .filter((reference) => reference.of === what)
      .map(({ name, text, path, by }) => ({ name, at: place(by === undefined ? path : [...path, by], text) }));
  return { variables: of('variable'), files: of('file') };
}
