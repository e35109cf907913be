import { healthExpressionFault, readyExpressionFault } from '../../../lib/systems/flux/expression';

describe('an expression about health', () => {
  it.each([
    ["has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')"],
    ["status.conditions.filter(e, e.type == 'Ready').all(e, e.observedGeneration == metadata.generation)"],
    ['status.?ready.orValue(false)'],
    ['status.ready'],
    ['has(status.conditions[0].type)'],
    ['// said by its operator\nanything.at.all'],
  ])('is taken: %s', (text) => {
    expect(healthExpressionFault(text)).toBeUndefined();
  });

  it.each([
    ["status.phase = 'Running'", 'unexpected character: ='],
    ["status.conditions.exists(c, c.type == 'Ready'", 'expected RPAREN, got EOF'],
    ['has(status)', 'has(status) does not name a field'],
    ['size(status.conditions)', 'it yields an int, not a boolean'],
    ['"True"', 'it yields a string, not a boolean'],
  ])('is refused: %s', (text, why) => {
    expect(healthExpressionFault(text)).toBe(why);
  });
});

describe('an expression about the readiness of a dependency', () => {
  it.each([
    ['dep.status.ready == true'],
    ["dep.metadata.labels['tier'] == self.metadata.labels['tier']"],
    ["dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')"],
    ['dep.status.?ready.orValue(false)'],
    ["sets.contains(dep.spec.path.split('/'), ['apps'])"],
  ])('is taken: %s', (text) => {
    expect(readyExpressionFault(text)).toBeUndefined();
  });

  it.each([
    ['status.ready == true', 'there is no `status`, only `self` and `dep`'],
    ['dep.status.ready', 'a field alone is not known to be a boolean: write == true'],
    ['dep.metadata.generation + 1', 'it yields an int, not a boolean'],
  ])('is refused: %s', (text, why) => {
    expect(readyExpressionFault(text)).toBe(why);
  });
});
