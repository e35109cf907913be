import {
  Call,
  type Code,
  type CodeObject,
  Commented,
  type Construction,
  isCodeObject,
  isExpression,
  Member,
  Template,
} from '../program';

/**
 * The type of a construct that another module hands on. Of an ExternalSecret, whose type has all its keys, those that are read.
 *
 * @param users what reads it
 */
export function handleType(one: Construction, users: readonly Construction[]): string {
  if (one.className !== 'ExternalSecret') return one.className;
  const read = users.flatMap(({ props }) => [...membersOf(props, one)]);
  const keys = users.some(takesSecret)
    ? keysOf(one)
    : read.flatMap(({ args = [] }) => args.filter((key) => typeof key === 'string'));
  const union = [...new Set(keys)]
    .sort()
    .map((key) => `'${key}'`)
    .join(' | ');
  return `{ readonly secret: Secret${union === '' ? '' : `<${union}>`} }`;
}

/** Whether it takes the Secret itself, whose keys it reads. */
function takesSecret({ className }: Construction): boolean {
  return className === 'PushSecret' || className === 'PostgresCluster';
}

/** The keys that the type of an ExternalSecret has: those of its template, or of data. */
function keysOf({ props }: Construction): string[] {
  const template = fieldsOf(fieldsOf(props?.template).data);
  const keys = Object.keys(Object.keys(template).length > 0 ? template : fieldsOf(props?.data));
  return keys;
}

function fieldsOf(code: Code | undefined): CodeObject {
  if (code instanceof Commented) return fieldsOf(code.value);
  return isCodeObject(code) && !isExpression(code) ? code : {};
}

function* membersOf(code: Code | undefined, of: Construction): Generator<Member> {
  if (code instanceof Member) {
    if (code.of === of) yield code;
  } else if (code instanceof Commented) yield* membersOf(code.value, of);
  else if (code instanceof Call) for (const argument of code.args) yield* membersOf(argument, of);
  else if (code instanceof Template) {
    for (const part of code.parts) if (typeof part !== 'string') yield* membersOf(part, of);
  } else if (Array.isArray(code)) for (const item of code as readonly Code[]) yield* membersOf(item, of);
  else if (isCodeObject(code)) for (const item of Object.values(code)) yield* membersOf(item, of);
}
