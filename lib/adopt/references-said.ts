import { namePath } from '../graph/references/find';
import type { Reference } from '../graph/references/reference';
import { textAt } from '../json/read';
import type { Draft } from './draft';
import {
  Call,
  type Code,
  Commented,
  type Construction,
  Handle,
  isCodeObject,
  isExpression,
  Member,
  type Program,
  Template,
} from './program';
import type { Survey, WrittenObject } from './survey';

/** Of the references that the tree resolves, how many the code says otherwise than by a text. */
export interface ReferencesSaid {
  readonly resolved: number;
  /** By a handle, or because the construct makes the reference by itself. */
  readonly handles: number;
}

/** Counts what a program says of the references of its objects. */
export function referencesSaid(survey: Survey, program: Program): ReferencesSaid {
  let [resolved, handles] = [0, 0];
  for (const draft of program.modules.flatMap(({ constructions }) => constructions) as Draft[]) {
    const object = draft.of as WrittenObject | undefined;
    if (object === undefined || !('resources' in object)) continue;
    const found = survey.references(object).filter((reference) => isOwn(object, reference) && survey.lookup(reference));
    if (found.length === 0) continue;
    const said = new Set(expressionsIn(draft.props));
    resolved += found.length;
    handles += found.filter((reference) => isSaid(draft, reference, said)).length;
  }
  return { resolved, handles };
}

/** Whether it stands in the object, rather than in a patch of it. */
function isOwn({ value }: WrittenObject, reference: Reference): boolean {
  return textAt(value, ...namePath(reference)) !== undefined;
}

function isSaid({ className, props, handles }: Draft, reference: Reference, said: ReadonlySet<Code>): boolean {
  const handle = handles?.get(reference);
  if (handle !== undefined && [...said].some((code) => standsFor(code) === standsFor(handle))) return true;
  // A Kustomization has the cluster's source unless it says another.
  if (className === 'FluxKustomization' && reference.path[1] === 'sourceRef') return props?.sourceRef === undefined;
  return [...said].some(
    (code) => code instanceof Call && code.name.endsWith('.named') && code.args[0] === reference.name,
  );
}

function standsFor(code: Code): Construction | undefined {
  if (code instanceof Handle) return code.to;
  return code instanceof Member ? code.of : undefined;
}

function* expressionsIn(code: Code | undefined): Generator<Code> {
  if (code instanceof Commented) yield* expressionsIn(code.value);
  else if (isExpression(code)) {
    yield code;
    const inner = code instanceof Call || code instanceof Member ? (code.args ?? []) : [];
    for (const each of code instanceof Template ? code.parts : inner)
      if (typeof each !== 'string') yield* expressionsIn(each);
  } else if (Array.isArray(code)) for (const item of code as readonly Code[]) yield* expressionsIn(item);
  else if (isCodeObject(code)) for (const item of Object.values(code)) yield* expressionsIn(item);
}
