import type { Json, JsonObject, Path } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import { type Fault, fault } from '../../fault';
import { givenText, names, repeated } from '../../given';

/** (database_webhook.go) */
export function* database(object: JsonObject): Generator<Fault> {
  for (const field of ['extensions', 'schemas', 'fdws', 'servers']) {
    const list = listAt(object, 'spec', field);
    yield* namedOnce(list, ['spec', field]);
    if (field === 'extensions' || field === 'schemas') continue;
    for (const [i, item] of list.entries())
      for (const part of ['options', 'usage']) yield* namedOnce(listAt(item, part), ['spec', field, i, part]);
  }
  const wrappers = names(listAt(object, 'spec', 'fdws')).map((name) => (name === '' ? name : givenText(name)));
  if (wrappers.includes(undefined)) return;
  for (const [i, server] of listAt(object, 'spec', 'servers').entries()) {
    const wrapper = givenText(at(server, 'fdw'));
    if (wrapper !== undefined && at(server, 'ensure') !== 'absent' && !wrappers.includes(wrapper))
      yield fault(['spec', 'servers', i, 'fdw'], 'the name of one of spec.fdws');
  }
}

function* namedOnce(list: readonly Json[], path: Path): Generator<Fault> {
  for (const { index } of repeated(names(list)))
    yield fault([...path, index, 'name'], 'a name that no other of the list has');
}
