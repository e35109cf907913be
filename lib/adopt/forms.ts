import type { Drafting } from './draft';
import type { CodeObject, Construction } from './program';
import type { WrittenObject } from './survey';

/** One way to say an object in code. */
export interface Form {
  /** As the report calls it. */
  readonly name: 'construct' | 'typed object' | 'object';
  /** Whether it takes handles. */
  readonly handles: boolean;
  make(drafting: Drafting): Pick<Construction, 'className' | 'props'>;
}

/** The ways to say an object, the best first. The last one makes any object. */
export function formsOf(_object: WrittenObject): readonly Form[] {
  return [
    { name: 'typed object', handles: true, make: ({ value }) => manifest(value) },
    { name: 'object', handles: false, make: ({ value }) => manifest(value) },
  ];
}

function manifest(value: CodeObject): Pick<Construction, 'className' | 'props'> {
  return { className: 'Manifest', props: value };
}
