import { azure } from './azure';
import type { Environment, Forge } from './forge';
import { forgejo, gitea } from './forgejo';
import { github } from './github';
import { gitlab } from './gitlab';
import { withWoodpecker } from './woodpecker';

/** Forgejo and Gitea before GitHub, whose variables they have, too. */
const forges: readonly Forge[] = [gitea, forgejo, github, gitlab, azure];

/** Where a command runs. */
export interface Here {
  readonly forge: Forge;
  readonly env: Environment;
}

/** The forge whose CI this is; undefined on a machine of somebody. */
export function forgeHere(env: Environment): Here | undefined {
  const told = withWoodpecker(env);
  const forge = forges.find((one) => one.isHere(told));
  return forge && { forge, env: told };
}

/** Revisions that the change of a run is compared with, the best first; none outside of a CI, and in a run for no change. */
export function basesHere(env: Environment): readonly string[] {
  const here = forgeHere(env);
  return here === undefined ? [] : here.forge.bases(here.env);
}

/** Their names, for messages. */
export const forgeNames = 'GitHub, Forgejo, Gitea, GitLab, Azure DevOps';

/** The token for a forge, and the variable that it is from. */
export function tokenFor({ forge, env }: Here): { readonly variable: string; readonly token: string } | undefined {
  for (const variable of ['ESPALIER_TOKEN', ...forge.tokens]) {
    // What a variable that is not set expands to, on Azure and GitLab.
    const token = env[variable]?.trim() ?? '';
    if (token !== '' && !/^\$[({]/.test(token)) return { variable, token };
  }
  return undefined;
}
