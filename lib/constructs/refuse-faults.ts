import type { IConstruct } from 'constructs';
import type { JsonObject } from '../json/json';
import { pathText } from '../json/path-text';
import { at } from '../json/read';
import type { Fault } from '../systems/fault';
import { isUnknown } from '../systems/given';
import { isKnown } from '../text/symbolic';
import { takeComments } from './commented';
import { refuse } from './input-error';

/**
 * Refuses an object for the first thing that its system would refuse.
 *
 * @param faultsOf what its system would refuse
 * @param property how the author wrote a field of the object
 * @throws EspalierError as refuse() does.
 */
export function refuseFaults(
  scope: IConstruct,
  object: JsonObject,
  faultsOf: (object: JsonObject) => Iterable<Fault>,
  property: (path: string) => string,
): void {
  const plain = takeComments(object, []);
  for (const { path, value = at(plain, ...path), allowed, example } of faultsOf(plain)) {
    if (isUnknown(plain, ...path) || !isKnown(String(path.at(-1)))) continue;
    refuse(scope, {
      field: property(pathText(path)),
      ...(value !== null && { value }),
      allowed,
      example,
      endsSentence: true,
    });
  }
}
