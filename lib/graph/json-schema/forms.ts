import type { Json, Path } from '../../json/json';
import { typeOf } from '../schema/node';
import { pathText, typeText } from '../schema/text';
import type { Outcome, ValueFault } from './outcome';

/**
 * What is wrong with a value that fits none of several forms: the faults of the one that was meant, where that can be told.
 *
 * @param outcomes of each form, all of them with faults
 */
export function faultsOfForms(outcomes: readonly Outcome[], value: Json, path: Path): readonly ValueFault[] {
  const depth = path.length;
  const isHere = (fault: ValueFault) => fault.path.length === depth;
  const types = outcomes.map(({ faults }) => faults.find((fault) => fault.types !== undefined && isHere(fault))?.types);
  if (types.every((bits) => bits !== undefined)) {
    const wanted = types.reduce((union, bits) => union | bits, 0);
    return [
      { path, on: 'value', kind: 'type', types: wanted, message: `${pathText(path)} ${typeText(wanted, value)}` },
    ];
  }
  // A form of the value's type, whose fields tell it from the others as they are.
  const ofType = outcomes.filter((_, i) => types[i] === undefined);
  const alike = ofType.filter(
    ({ faults }) => !faults.some(({ kind, path: at }) => kind === 'form' && at.length <= depth + 1),
  );
  const meant = alike.length === 1 ? alike : ofType.length === 1 ? ofType : [];
  if (meant[0] !== undefined) return meant[0].faults;
  return [{ path, on: 'value', kind: 'other', message: `${pathText(path)} matches none of the allowed forms` }];
}

/** Whether a value is of one of a schema's types. */
export function isOfTypes(value: Json, bits: number): boolean {
  return (typeOf(value) & bits) !== 0;
}
