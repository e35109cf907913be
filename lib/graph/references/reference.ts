import type { Path } from '../../json/json';
import type { ReferenceUse, Row } from '../../systems/references/row';
import type { Identity } from '../identity';
import type { Resource } from '../resource';

/** A field of an object that names another: the identity is that of what it names. */
export interface Reference extends Identity {
  readonly resource: Resource;
  /** Where it names the key or, where it reads all, the object. */
  readonly path: Path;
  /** The value that refers, and the way to it. */
  readonly at: Path;
  /** The key that it reads of a Secret or ConfigMap; undefined for all of it. */
  readonly key: string | undefined;
  readonly optional: boolean;
  readonly use: ReferenceUse | undefined;
  readonly row: Row;
}
