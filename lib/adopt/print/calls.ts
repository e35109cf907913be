import { Call, type Code, Commented, isCodeObject, Member, Shared, Template } from '../program';
import { commentedMap, isTextBlock } from './value';

/** The shared values in a value. */
export function* sharedIn(code: Code): Generator<Shared> {
  if (code instanceof Shared) yield code;
  else if (code instanceof Commented) yield* sharedIn(code.value);
  else if (Array.isArray(code)) for (const item of code as readonly Code[]) yield* sharedIn(item);
  else if (isCodeObject(code)) for (const item of Object.values(code)) yield* sharedIn(item);
}

/** The functions that a value calls. */
export function* called(code: Code | undefined): Generator<string> {
  if (code !== undefined && isTextBlock(code)) yield 'textBlock';
  if (code instanceof Call) {
    yield commentedMap(code) ? 'comment' : code.name;
    for (const argument of code.args) yield* called(argument);
  } else if (code instanceof Member) for (const argument of code.args ?? []) yield* called(argument);
  else if (code instanceof Template) {
    for (const part of code.parts) if (typeof part !== 'string') yield* called(part);
  } else if (code instanceof Commented) yield* called(code.value);
  else if (Array.isArray(code)) for (const item of code as readonly Code[]) yield* called(item);
  else if (isCodeObject(code)) for (const item of Object.values(code)) yield* called(item);
}
