import type { Construct } from 'constructs';
import { refuse } from '../input-error';
import { type KeptKustomization, markKept, placeOf } from '../scopes';
import { generatedBy } from './generated';
import { unlisted } from './kustomization-fields';
import { type MadeThere, YamlFile } from './yaml-file';

/**
 * The kustomization.yaml of a folder that stays as it is: its author's own, neither written nor changed. A file that main.ts puts in the
 * folder must be listed in it; the message for one that is not says the line to add. What it generates is there by `secret` and `configMap`.
 *
 * @example
 * const media = new Directory(home, 'kubernetes/apps/media', { kustomizationFile: null, namespace: 'media' });
 * new KustomizationFile(media);
 */
export class KustomizationFile extends YamlFile implements KeptKustomization {
  /** @param id its name: kustomize takes `kustomization.yml` and `Kustomization`, too */
  constructor(scope: Construct, id = 'kustomization.yaml') {
    super(scope, id);
    const place = placeOf(scope);
    if (place.listing === 'own') {
      refuse(this, {
        field: 'scope',
        value: place.node.path,
        allowed: 'a folder for which espalier writes none',
        example: "new Directory(cluster, 'kubernetes/apps/media', { kustomizationFile: null })",
      });
    }
    markKept(place, this);
  }

  lacks(entries: readonly string[]): readonly string[] {
    const [fields] = this.objects;
    return fields && this.isWhole ? unlisted(entries, fields) : [];
  }

  protected override made(): readonly MadeThere[] {
    return this.objects.flatMap(generatedBy);
  }
}
