import { identityKey } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isRestarted } from '../../graph/restarts';
import { consumersOf, type MadeSecret } from '../../graph/vault/made-secret';
import { hasTrait } from '../../systems/kinds/kinds';
import { groupBy } from '../../text/group-by';
import { target } from './commands';
import { block, mark, paragraphs } from './markdown';

/** Something that runs and takes a Secret. */
export interface Restart {
  readonly resource: Resource;
  /** Whether it takes it as its containers start, and so keeps the old values until they start again. */
  readonly atStart: boolean;
  /** Whether Reloader restarts it, where that runs, when the Secret changes. */
  readonly reloaded: boolean;
}

/** What must be restarted when a Secret changes. */
export function restartsOf(made: Pick<MadeSecret, 'readers' | 'secret'>): readonly Restart[] {
  const taken = consumersOf(made).filter(({ use }) => use === 'env' || use === 'envFrom' || use === 'volume');
  return [...groupBy(taken, ({ resource }) => identityKey(resource)).values()].map((uses) => ({
    resource: uses[0].resource,
    atStart: uses.some(({ use }) => use !== 'volume'),
    reloaded: isRestarted(uses[0], {}),
  }));
}

/** The step of a rotation that restarts what must be; none where nothing takes the Secret. */
export function restartSteps(restarts: readonly Restart[], recreated: boolean): string[] {
  const text = restartText(restarts, recreated);
  const commands = restarts.filter(({ atStart }) => atStart).map(({ resource }) => restartCommand(resource));
  return text === undefined ? [] : [paragraphs(text, commands.length === 0 ? undefined : block('sh', commands))];
}

/** The command that restarts something, or what to do where there is none. */
function restartCommand(resource: Resource): string {
  return hasTrait(resource, 'rolls-out')
    ? `kubectl rollout restart ${target(resource)}`
    : `# ${resource.kind.replace(/[^A-Za-z]/g, '')}: its next pod reads the new values`;
}

/** What a rotation says of restarts. */
function restartText(restarts: readonly Restart[], recreated: boolean): string | undefined {
  const starting = restarts.filter(({ atStart }) => atStart);
  if (starting.length === 0) {
    return restarts.length === 0
      ? undefined
      : 'Files of the Secret follow within a minute or two; nothing need be restarted, unless what reads them reads them once.';
  }
  const names = starting.map(({ resource }) => mark(resource.name)).join(', ');
  if (!starting.every(({ reloaded }) => reloaded)) return `Restart what read the values when it started (${names}):`;
  return recreated
    ? `Restart what read the values when it started (${names}). Reloader does not do it: it acts on Secrets that change, and on those that are created again only with \`--reload-on-create\`:`
    : `Reloader restarts what read the values when it started (${names}); where it does not run, do it yourself:`;
}
