import type * as Cel from '@marcbachmann/cel-js' with { 'resolution-mode': 'import' };
import { registerLists } from './lists';
import { registerNetwork } from './network';
import { registerQuantity } from './quantity';
import { registerStrings } from './strings';

let made: Cel.Environment | undefined;

/** CEL as the API server evaluates it. The evaluator is loaded when the first rule asks for it. */
export function environment(): Cel.Environment {
  made ??= makeEnvironment();
  return made;
}

function makeEnvironment(): Cel.Environment {
  // An ES module: Node requires those since 20.19.
  const { Environment, Optional } = require('@marcbachmann/cel-js') as typeof Cel;
  const cel = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  });
  registerStrings(cel, Optional);
  registerLists(cel);
  registerQuantity(cel);
  registerNetwork(cel);
  cel.registerFunction('isGiven(ast): bool', isGiven);
  return cel;
}

interface Select {
  readonly op: string;
  readonly args: readonly [unknown, string];
}

/** has(x.field): whether an object has a field; an error when x is none. */
// biome-ignore lint/suspicious/noExplicitAny: the evaluator does not say what a macro is given
function isGiven({ args }: any) {
  const select = args[0] as Select;
  return {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    typeCheck(checker: any, _macro: unknown, context: unknown) {
      if (select.op !== '.') throw new Error('has() takes a field, such as has(self.field)');
      checker.check(select.args[0], context);
      return checker.getType('bool');
    },
    // biome-ignore lint/suspicious/noExplicitAny: as above
    evaluate(evaluator: any, _macro: unknown, context: unknown) {
      const object: unknown = evaluator.run(select.args[0], context);
      if (!(object instanceof Map)) throw new Error('has() of what is no object');
      return object.has(select.args[1]);
    },
  };
}
