import type { IConstruct } from 'constructs';
import type { ApplicationScope } from './scopes';

/** What messages say of a handle that no construct here makes: they want a construct. */
export function named(call: string): IConstruct {
  return { node: { path: call } } as IConstruct;
}

/** What stands for something that no construct of its own makes. */
export interface Named {
  /** The construct that brings it, such as the FluxKustomization or the HelmRelease; readers wait for it. @default none: it is there already */
  readonly producer?: IConstruct;
}

/** An operator, or a plugin of one, that something else installs. */
export class NamedOperator {
  constructor(
    /** Where it runs. */
    readonly namespace: string,
    readonly producer: IConstruct | undefined,
  ) {}
}

/** Declares that a construct needs an operator: it waits for it where a construct installs it. */
export function needOperator(reader: IConstruct, operator: ApplicationScope | NamedOperator): void {
  const installer = operator instanceof NamedOperator ? operator.producer : operator;
  if (installer) reader.node.addDependency(installer);
}
