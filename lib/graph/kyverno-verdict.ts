import type { Path } from '../json/json';
import type { KyvernoResult } from '../tree/kyverno';
import type { Resource } from './resource';

/** What a Kyverno policy of the tree says of an object. */
export interface KyvernoVerdict extends Pick<KyvernoResult, 'policy' | 'rule' | 'result' | 'message'> {
  readonly resource: Resource;
  /** The field that it names; empty for none. */
  readonly path: Path;
  /** Whether all of the object is known: else what it says may be otherwise. */
  readonly known: boolean;
}
