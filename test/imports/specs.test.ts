import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fields } from '../../imports/kinds/specs';
import { readConfig } from '../../scripts/import/config';
import { specsText } from '../../scripts/import/specs';
import { repository } from '../repository';

const imports = join(repository, 'imports');
const { specs } = readConfig(join(repository, 'cdk8s.yaml'));

test('imports/kinds/specs.ts is what imports/schemas.br and lib/systems/references know', () => {
  const text = specsText(specs, readFileSync(join(imports, 'schemas.br')));
  expect(readFileSync(join(imports, 'kinds', 'specs.ts'), 'utf8') === text).toBe(true);
});

test('what names an object is known with the kinds that it may name, its fields and whether it looks in its own namespace', () => {
  expect(fields['cert-manager.io/v1/Certificate']).toMatchObject({
    issuerRef: {
      is: 'reference',
      to: ['cert-manager.io/Issuer', 'cert-manager.io/ClusterIssuer'],
      own: true,
      fields: ['group', 'kind', 'name!'],
    },
  });
  expect(fields['networking.k8s.io/v1/Ingress']).toMatchObject({
    ingressClassName: { is: 'name', to: ['networking.k8s.io/IngressClass'], own: true },
    'rules[].http.paths[].backend.service': { is: 'reference', to: ['/Service'], own: true, fields: ['name!', 'port'] },
  });
  expect(fields['monitoring.coreos.com/v1/ServiceMonitor']).toMatchObject({
    selector: { is: 'selector', to: ['/Service'] },
    'endpoints[].port': { is: 'port' },
    'endpoints[].tlsConfig.ca.configMap': { is: 'reference', to: ['/ConfigMap'], own: true, fields: ['name', 'key!'] },
  });
  // It needs more than what it names.
  expect(fields['keda.sh/v1alpha1/TriggerAuthentication']).not.toHaveProperty('secretTargetRef[]');
});

test('a kind that nothing is known of is said', () => {
  const bytes = readFileSync(join(imports, 'schemas.br'));
  expect(() => specsText(['acme.example/v1/Widget'], bytes)).toThrow(
    'cdk8s.yaml: specs: imports/schemas.br knows no spec of acme.example/v1/Widget',
  );
});
