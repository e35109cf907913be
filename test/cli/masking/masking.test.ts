import { marks, plant, planted, surroundings } from './planted';
import { showsNothing } from './runs';

test('the planted values are found where nothing hides them', () => {
  const texts = Object.entries({ ...planted(plant('a')), ...surroundings(plant('a')) });
  expect(texts.filter(([path, text]) => !marks.test(text) && !/filled|kustomization/.test(path))).toEqual([]);
});

describe('no planted value is shown of a whole tree', () => showsNothing('whole'));
