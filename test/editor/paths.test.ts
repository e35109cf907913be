import { linksIn } from '../../lib/editor/paths';
import { fluxKustomization, graphOf } from '../graph/graph';
import { configMap, kustomization } from '../tree/kustomize/memory';

const graph = graphOf({
  'flux/apps.yaml': fluxKustomization('app', './app'),
  'app/kustomization.yaml': kustomization(
    'resources: [web.yaml, ./base, missing.yaml]',
    'patches: [{ path: patch.yaml }]',
    'configMapGenerator: [{ name: settings, files: [app.conf, other=app.conf] }]',
  ),
  'app/web.yaml': configMap('web'),
  'app/patch.yaml': `${configMap('web')}# a patch`,
  'app/app.conf': 'a',
  'app/base/kustomization.yaml': kustomization('resources: [db.yaml]'),
  'app/base/db.yaml': configMap('db'),
});

test('what a kustomization lists leads to files, of folders to their kustomization, and what is missing nowhere', () => {
  expect(
    linksIn(graph, 'app/kustomization.yaml').map(({ span, target }) => `${span.line}:${span.column} ${target}`),
  ).toEqual([
    '3:13 app/web.yaml',
    '3:23 app/base/kustomization.yaml',
    '4:19 app/patch.yaml',
    '5:48 app/app.conf',
    '5:58 app/app.conf',
  ]);
});

test('the path of a Kustomization leads to what it builds', () => {
  expect(linksIn(graph, 'flux/apps.yaml').map(({ span, target }) => `${span.line} ${target}`)).toEqual([
    '6 app/kustomization.yaml',
  ]);
  expect(linksIn(graph, 'app/web.yaml')).toEqual([]);
});
