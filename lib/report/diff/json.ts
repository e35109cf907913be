import type { Change, ClusterReview, Effect, FieldChange, Review, Whereabouts } from '../../changes/review';
import { jsonText } from '../../graph/masking/printable';
import { findingData } from '../json';
import type { ReviewFormat } from './format';

/** The shape of `--format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface JsonReview extends Review {
  readonly version: 1;
}

/** For programs. */
export const json: ReviewFormat = {
  name: 'json',
  summary: 'for programs: everything that differs and what it does, in a stable shape',
  render({ base, head, danger, clusters, found, mended, noLongerReported, unknown }) {
    // Field by field, here and below: what the objects have beside these is nobody's promise.
    const report: JsonReview = {
      version: 1,
      base,
      head,
      danger,
      clusters: clusters.map(clusterData),
      found: found.map(findingData),
      mended: mended.map(findingData),
      noLongerReported: noLongerReported.map(findingData),
      unknown: [...unknown],
    };
    return jsonText(report);
  },
};

function clusterData({ name, type, danger, images, blast, changes, effects }: ClusterReview): ClusterReview {
  return {
    name,
    type,
    danger,
    images: images.map(({ object, what, before, after }) => ({ object, what, before, after })),
    blast: blast.map(({ kustomization, changes, dependents, readers }) => ({
      kustomization,
      changes,
      dependents,
      readers,
    })),
    changes: changes.map(changeData),
    effects: effects.map(effectData),
  };
}

function changeData({ type, object, kind, namespace, name, before, after, fields, effects }: Change): Change {
  return {
    type,
    object,
    kind,
    namespace,
    name,
    before: whereabouts(before),
    after: whereabouts(after),
    fields: fields.map(fieldData),
    effects: effects.map(effectData),
  };
}

function whereabouts(at: Whereabouts | undefined): Whereabouts | undefined {
  return at === undefined ? undefined : { file: at.file, kustomization: at.kustomization };
}

function fieldData({ path, type, before, after, lines }: FieldChange): FieldChange {
  return { path, type, before, after, lines };
}

function effectData({ kind, danger, object, message, chain, todo, held }: Effect): Effect {
  return { kind, danger, object, message, chain, todo, held };
}
