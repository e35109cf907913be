import { symbol } from '../../../lib/text/symbolic';
import { failureOf } from '../../../lib/tree/charts/failure';

test.each<[string, string, object]>([
  [
    'what the author of the chart says',
    'Error: execution error at (web/templates/a.yaml:3:4): set a host\n\nUse --debug flag to render out invalid YAML\n',
    { template: 'templates/a.yaml', line: 3, message: 'the chart says: set a host' },
  ],
  [
    'the innermost of the templates that call each other',
    'Error: template: web/templates/a.yaml:1:3: executing "web/templates/a.yaml" at <include "n" .>: error calling include: template: web/templates/_n.tpl:7:5: executing "n" at <.Values.a.b>: nil pointer evaluating interface {}.b\n',
    { template: 'templates/_n.tpl', line: 7, message: '<.Values.a.b>: nil pointer evaluating interface {}.b' },
  ],
  [
    'the same as Helm 4 writes it',
    'Error: web/templates/a.yaml:1:3\n  executing "web/templates/a.yaml" at <include "n" .>:\n    error calling include:\nweb/charts/b/templates/_n.tpl:7:5\n  executing "n" at <.Values.a.b>:\n    nil pointer evaluating interface {}.b\n',
    {
      template: 'charts/b/templates/_n.tpl',
      line: 7,
      message: '<.Values.a.b>: nil pointer evaluating interface {}.b',
    },
  ],
  [
    'a template that cannot be read',
    'Error: parse error at (web/templates/a.yaml:9): function "foo" not defined',
    { template: 'templates/a.yaml', line: 9, message: 'function "foo" not defined' },
  ],
  [
    'warnings aside',
    'walk.go:75: found symbolic link\ncoalesce.go:298: warning: cannot overwrite table\nlevel=WARN msg="unable"\nError: chart requires kubeVersion: >=1.99',
    { message: 'chart requires kubeVersion: >=1.99' },
  ],
])('tells %s', (_, printed, failure) => {
  expect(failureOf(printed)).toEqual({ type: 'failed', ...failure });
});

test('values of Secrets are hidden, in base64 and quoted too; what is not known is shown as its expression', () => {
  const printed = `Error: wrong: hunter2, ${Buffer.from('hunter2').toString('base64')}, "a\\nb", ${symbol('PORT')}`;
  expect(failureOf(printed, ['hunter2', 'a\nb'])).toEqual({
    type: 'failed',
    message: 'wrong: (hidden), (hidden), "(hidden)", ${PORT}',
  });
});

test('what a chart writes at length is cut', () => {
  expect(failureOf(`Error: ${'long '.repeat(1000)}`).message).toHaveLength(502);
});
