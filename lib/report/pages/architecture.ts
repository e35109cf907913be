import { secretFlow } from '../../pictures/secret-flow';
import { renderMermaid } from '../pictures/mermaid';
import { paragraphs } from './markdown';
import type { Section } from './page';
import { picture } from './picture';

/** How secrets flow: from Vault or a generator, by a Secret, to what takes it, and back to Vault. */
export const architecture: Section = {
  heading: 'High-level architecture',
  body({ cluster, app }) {
    const flow = secretFlow(cluster, { app: app.kustomization });
    if (flow.nodes.length === 0) return undefined;
    return paragraphs('How its secrets flow:', picture(renderMermaid(flow)));
  },
};
