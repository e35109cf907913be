import { display } from '../../graph/substitution';
import { escapeMarkdown } from '../markdown-text';
import { architecture } from './architecture';
import { backups } from './backups';
import { components } from './components';
import { firstDeployment } from './first-deployment';
import { introduction } from './introduction';
import { paragraphs } from './markdown';
import { notes } from './notes';
import { ordering } from './ordering';
import type { Page, Section } from './page';
import { policy } from './policy';
import { running } from './running';
import { sequence } from './sequence';
import { stores } from './stores';
import { vaultPaths } from './vault-paths';

/** The first line of every page. */
export const madeBy = '<!-- Made by `espalier docs` from the tree; change the tree, not this page. -->';

/** The sections of an app's page, in their order. */
const sections: readonly Section[] = [
  components,
  stores,
  architecture,
  vaultPaths,
  ordering,
  sequence,
  policy,
  running,
  backups,
  firstDeployment,
  notes,
];

/** The page of one app; sections that it has nothing for are left out. */
export function appPage(page: Page): string {
  const bodies = sections.map((section) => {
    const body = section.body(page);
    return body === undefined ? undefined : `## ${section.heading}\n\n${body}`;
  });
  return `${paragraphs(madeBy, `# ${escapeMarkdown(display(page.app.kustomization.name))}`, introduction(page), ...bodies)}\n`;
}
