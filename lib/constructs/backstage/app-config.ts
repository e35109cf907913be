import type { Construct } from 'constructs';
import { emitYaml, type Json } from '../../tree';
import { refuse, where } from '../input-error';
import type { ResourceProps } from '../resource';
import { ConfigMap } from '../workload';
import { type ConfigReference, referencesInText, referencesInValue } from './config-references';

export interface AppConfigProps extends ResourceProps {
  /** The text of a YAML file, or what it would hold. Variables are written as Backstage has them: `${GITHUB_TOKEN}`. */
  readonly content: string | Readonly<Record<string, unknown>>;
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
  /** `backend.database.pluginDivisionMode`, where the content is an object that says it. */
  readonly pluginDivisionMode: unknown;

  constructor(scope: Construct, id: string, props: AppConfigProps) {
    const { content, ...rest } = props;
    const text =
      typeof content === 'string' ? content : emitYaml(content as Json, `appConfig of ${where(scope)}/${id}`);
    super(scope, id, { ...rest, data: { [file]: text } });
    if (typeof content === 'string' ? content.trim() === '' : Object.keys(content).length === 0) {
      refuse(this, {
        field: 'content',
        value: content,
        allowed: 'the text of an app-config, or an object with its settings',
        example: "{ app: { title: 'Webgrip' } }",
      });
    }
    const { variables, files } = typeof content === 'string' ? referencesInText(content) : referencesInValue(content);
    for (const { name, at } of files) this.requireAbsolute(name, at);
    this.variables = variables;
    this.pluginDivisionMode = typeof content === 'string' ? undefined : divisionOf(content);
  }

  private requireAbsolute(path: string, at: string): void {
    if (path.startsWith('/')) return;
    refuse(this, {
      field: `the file read at ${at}`,
      value: path,
      allowed: `an absolute path in the container: nothing else lies beside ${this.path}`,
      example: JSON.stringify(`/app/${path.replace(/^(\.{0,2}\/)+/, '')}`),
    });
  }
}

function divisionOf(content: Readonly<Record<string, unknown>>): unknown {
  const { database } = (content.backend ?? {}) as { database?: { pluginDivisionMode?: unknown } };
  return database?.pluginDivisionMode;
}
