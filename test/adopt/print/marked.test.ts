import { isVariable, marked } from '../../../lib/adopt/print/marked';
import { Call, Commented, type Construction, Handle } from '../../../lib/adopt/program';
import { misfitOf } from '../../../lib/graph/schema/misfit';

const secret: Construction = { className: 'Secret', scope: undefined, id: 'a', props: {}, variable: 'a' };
const variable = new Call('variable', ['N'], '${N}');

test.each([
  ['a handle is a text', new Handle(secret, 'app'), { type: 'text' }, true],
  ['a handle is not the text that it stands for', new Handle(secret, 'app'), { type: 'literal', value: 'app' }, false],
  ['a variable is a number', variable, { type: 'number' }, true],
  ['a variable with a comment is what it is without', new Commented(variable, ['why']), { type: 'number' }, true],
  ['a text is no number', '3', { type: 'number' }, false],
] as const)('%s', (_, code, type, fits) => {
  expect(misfitOf(marked(code), type, isVariable) === undefined).toBe(fits);
});
