import type { Path } from '../json/json';
import type { SourceDocument } from '../tree/source/source';
import type { Identity } from './identity';

/** Something that may make objects which the tree does not show: a chart, another repository, a file that is not there. */
export interface UnknownSource {
  /** A whole clause: "HelmRelease cnpg-system/cnpg may make it". */
  readonly why: string;
  /** The namespaces that its objects may be in, `*` standing for any characters. */
  readonly namespaces: readonly string[];
  /** Whether it may make an object of that kind and name; undefined where nobody can tell. */
  readonly makes?: ((object: Identity) => boolean) | undefined;
  /** Whether it may make objects of a kind, whatever their names; undefined where nobody can tell. */
  readonly holds?: ((kind: Omit<Identity, 'name' | 'namespace'>) => boolean) | undefined;
  /** Whether it is what Helm charts bring, in which nobody looks for Flux's own objects. */
  readonly helm?: boolean;
  /** The name of a chart's release, with which the names of most of its objects begin. */
  readonly release?: string;
  /** The namespace that a chart's release makes; charts make no others. */
  readonly createsNamespace?: string | undefined;
  readonly document: SourceDocument;
  readonly path: Path;
}

/** What may make an object, and where it stands. */
export type Maker = Pick<UnknownSource, 'why' | 'helm' | 'release' | 'document' | 'path'>;
