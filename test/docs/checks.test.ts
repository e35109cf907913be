import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../lib/checks/rules';
import { checksPage, providersPage, referencesPage } from '../../scripts/rules';
import { repository } from '../repository';

test('docs/checks.md is what the rules say of themselves', () => {
  expect(readFileSync(join(repository, 'docs', 'checks.md'), 'utf8')).toBe(checksPage());
});

test('docs/references.md is what lib/systems/references says', () => {
  expect(readFileSync(join(repository, 'docs', 'references.md'), 'utf8')).toBe(referencesPage());
});

test('docs/constructs/providers.md is what the table of providers says', () => {
  expect(readFileSync(join(repository, 'docs', 'constructs', 'providers.md'), 'utf8')).toBe(providersPage());
});

describe.each(rules)('$id', ({ id, title, atRunTime, remedy, source }) => {
  it('is named by its system and, in few words, its fault', () => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  it('says what it is about, what happens, what to do and where that is from', () => {
    expect(title).toMatch(/^[A-Z`$][^.]{3,78}$/);
    expect(atRunTime).toMatch(/^.{10,}[.…]$/);
    expect(remedy).toMatch(/^.{10,}[.…]$/);
    expect(source).toMatch(/^(?:https:\/\/\S+|docs\/\S+|[\w./-]+ [\w./-]+.*)$/);
  });
});
