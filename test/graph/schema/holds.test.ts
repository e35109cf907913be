import { holds } from '../../../lib/graph/schema/cel/holds';

describe('an expression about the top fields of an object', () => {
  const status = { conditions: [{ type: 'Ready', status: 'True' }], replicas: 2 };
  const object = { metadata: { generation: 1 }, status };

  it.each([
    ["status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'True')", true],
    ["status.conditions.filter(e, e.type == 'Synced').all(e, e.status == 'False')", true],
    ["status.conditions.exists(e, e.type == 'Synced')", false],
    ["has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')", true],
    ['has(status.observedGeneration)', false],
    ['status.replicas >= 2 && metadata.generation == 1', true],
  ])('%s: %s', (expression, expected) => {
    expect(holds(expression, object)).toBe(expected);
  });

  it.each(['status.missing == 1', 'spec.a == 1', 'status.replicas', '(', ''])(
    'that cannot be evaluated to true or false (%s) does not hold',
    (expression) => {
      expect(holds(expression, object)).toBe(false);
    },
  );
});
