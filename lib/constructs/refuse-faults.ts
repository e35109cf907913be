import type { IConstruct } from 'constructs';
import type { JsonObject } from '../json/json';
import { pathText } from '../json/path-text';
import { at, keysAt } from '../json/read';
import type { Fault } from '../systems/fault';
import { isUnknown } from '../systems/given';
import { nearest } from '../text/nearest';
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
      allowed: allowed + misspelt(plain, path),
      example,
      endsSentence: true,
    });
  }
}

/** Of a field that is not there, the name beside it that may have been meant to be it. */
function misspelt(object: JsonObject, path: Fault['path']): string {
  if (at(object, ...path) !== undefined) return '';
  const near = nearest(String(path.at(-1)), keysAt(object, ...path.slice(0, -1)));
  return near === undefined ? '' : ` (did you write it as ${near}?)`;
}
