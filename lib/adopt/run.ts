import type { Construct } from 'constructs';
import * as api from '../index';
import type { Tree } from '../tree/tree';
import {
  argumentsOf,
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

/** What a program makes when it is run. */
export interface Run {
  /** Undefined where it did not come to its end: `failed` says why. */
  readonly tree: Tree | undefined;
  /** The constructions that were refused, and why; those that stand in them or use them are not tried. */
  readonly failed: ReadonlyMap<Construction, Error>;
}

/**
 * Runs a program in this process, as its printed form would: each construction by the class that it names. One that is refused fails
 * alone.
 */
export function runProgram(program: Program): Run {
  const app = new api.App({ ...(program.app as api.AppProps), check: false });
  const clusters = new Map(
    program.clusters.map(({ name, props }) => [name, new api.Cluster(app, name, props as never)] as const),
  );
  const made = new Map<Construction, Construct>();
  const failed = new Map<Construction, Error>();
  const evaluate = (code: Code): unknown => {
    if (code instanceof Handle) return found(code.to);
    if (code instanceof Member) {
      const steps = code.name.split('.');
      const last = steps.pop() as string;
      const of = steps.reduce<Members>((each, step) => each[step] as Members, found(code.of) as never);
      const member = of[last];
      return code.args === undefined
        ? member
        : (member as (...args: unknown[]) => unknown).apply(of, code.args.map(evaluate));
    }
    if (code instanceof Call) {
      const [first = '', second] = code.name.split('.');
      const named = (api as unknown as Record<string, unknown>)[first];
      const args = code.args.map(evaluate);
      if (second === undefined) return (named as (...args: unknown[]) => unknown)(...args);
      return (named as Record<string, (...args: unknown[]) => unknown>)[second]?.(...args);
    }
    if (code instanceof Template)
      return code.parts.map((part) => (typeof part === 'string' ? part : `${evaluate(part)}`)).join('');
    if (code instanceof Commented) return evaluate(code.value);
    if (Array.isArray(code)) return (code as readonly Code[]).map(evaluate);
    if (!isCodeObject(code) || isExpression(code)) return code;
    return Object.fromEntries(Object.entries(code).map(([key, value]) => [key, evaluate(value)]));
  };
  const found = (construction: Construction): Construct => {
    const construct = made.get(construction);
    if (construct === undefined) throw new MissingConstruct(construction);
    return construct;
  };
  for (const { constructions, cluster: name } of program.modules) {
    const cluster = clusters.get(name);
    for (const construction of constructions) {
      const { className, scope, id } = construction;
      try {
        const Class = (api as unknown as Record<string, new (...args: unknown[]) => Construct>)[className];
        if (Class === undefined) throw new Error(`there is no class ${className}`);
        const within = scope === undefined ? cluster : evaluate('className' in scope ? new Handle(scope, null) : scope);
        made.set(construction, new Class(within, id, ...argumentsOf(construction).map(evaluate)));
      } catch (error) {
        if (!(error instanceof MissingConstruct)) failed.set(construction, error as Error);
      }
    }
  }
  if (failed.size > 0) return { tree: undefined, failed };
  try {
    return { tree: app.tree(), failed };
  } catch (error) {
    const at = atFault(made, error as Error);
    if (at === undefined) throw error;
    return { tree: undefined, failed: new Map([[at, error as Error]]) };
  }
}

type Members = Readonly<Record<string, unknown>>;

/** A construct that was refused, or that stands in or uses such a one. */
class MissingConstruct extends Error {
  constructor(readonly construction: Construction) {
    super(construction.id);
  }
}

/** The construction that a message about the whole tree begins with. */
function atFault(made: ReadonlyMap<Construction, Construct>, { message }: Error): Construction | undefined {
  let nearest: Construction | undefined;
  let length = 0;
  for (const [construction, { node }] of made) {
    if (message.includes(node.path) && node.path.length > length) {
      nearest = construction;
      length = node.path.length;
    }
  }
  return nearest;
}
