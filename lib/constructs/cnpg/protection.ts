import type { IConstruct } from 'constructs';
import { refuse } from '../input-error';
import type { Labels } from '../resource';

const flux = 'kustomize.toolkit.fluxcd.io';

/**
 * Annotations that keep Flux from deleting a database with its file, and from recreating it empty where a field cannot be
 * changed. They go before both settings of the Kustomization. (Flux, spec/v1/kustomizations: prune, force)
 */
export const protection: Readonly<Record<string, string>> = {
  [`${flux}/prune`]: 'disabled',
  [`${flux}/force`]: 'disabled',
};

/** The annotation that keeps what a database refers to as long as the database, which its file does not take along. */
export const kept: Readonly<Record<string, string>> = { [`${flux}/prune`]: 'disabled' };

/** What happens without them. */
const whatHappens = {
  [`${flux}/prune`]: 'Flux would delete the database and its volumes when its file leaves the tree',
  [`${flux}/force`]: 'Flux would delete the database and create an empty one when a field cannot be changed',
};

/** @throws EspalierError for annotations that would let Flux delete or recreate the database. */
export function requireProtection(scope: IConstruct, annotations: Labels = {}): void {
  for (const [annotation, loss] of Object.entries(whatHappens)) {
    const value = annotations[annotation];
    if (value === undefined || value === null || value === 'disabled') continue;
    refuse(scope, {
      field: `annotations["${annotation}"]`,
      value,
      allowed: `"disabled": ${loss}`,
      example:
        'leave it out; to delete the database for good, remove it from the tree and run `kubectl delete cluster`',
    });
  }
}
