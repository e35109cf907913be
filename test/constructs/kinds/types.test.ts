import { compile } from '../compile';

test('the compiler knows the fields of each kind, what is required, the choices, and what may be named', () => {
  const text = [
    "import { Alert, Certificate, ClusterIssuer, type ConfigMap, type Directory, Gateway, HorizontalPodAutoscaler, Issuer, Manifest, Provider, ScaledObject, type Secret, ServiceMonitor, type WebService } from '../../../lib';",
    "declare const on: Directory, web: WebService, secret: Secret<'tls.crt'>, config: ConfigMap<'ca'>, provider: Provider;",
    "const issuer = new Issuer(on, 'issuer', { spec: { ca: { secretName: secret } } });",
    "new Certificate(on, 'a', { spec: { secretName: 'a', issuerRef: issuer } }).secret.key('tls.crt');",
    "new Certificate(on, 'b', { spec: { secretName: 'a', issuerRef: ClusterIssuer.named('b') } }).secret.key('tls.cert');",
    "new Certificate(on, 'c', { spec: { secretName: 'a' } });",
    "new Certificate(on, 'd', { spec: { secretName: 'a', issuerRef: issuer, dnsName: [] } });",
    "new Certificate(on, 'e', { spec: { secretName: 'a', issuerRef: provider } });",
    "new Certificate(on, 'f', { spec: { secretName: 'a', issuerRef: new Manifest(on, 'm', { apiVersion: 'cert-manager.io/v1', kind: 'Issuer' }) } });",
    "new Certificate(on, 'g', { spec: { secretName: 'a', issuerRef: { name: issuer }, privateKey: { algorithm: 'DSA' } } });",
    "new Provider(on, 'h', { spec: { type: 'slak' } });",
    "new Provider(on, 'i', { spec: { type: 'slack', secretRef: config } });",
    "new ServiceMonitor(on, 'j', { spec: { selector: web, endpoints: [{ bearerTokenSecret: secret.key('tls.crt') }] } });",
    "new ServiceMonitor(on, 'k', { spec: { selector: web, endpoints: [{ bearerTokenSecret: secret }] } });",
    "new HorizontalPodAutoscaler(on, 'l', { spec: { scaleTargetRef: web, maxReplicas: '3' } });",
    "new Alert(on, 'm', { spec: { providerRef: provider, eventSources: [on.appliedBy ?? { kind: 'HelmRelease', name: '*' }] } });",
    "new Gateway(on, 'n', { spec: { gatewayClassName: 'a', listeners: [{ name: 'a', port: web.port(), protocol: 'TCP' }] } });",
    "new ScaledObject(on, 'o', { spec: { scaleTargetRef: web, triggers: [{ type: 'cron', metadata: { start: 1 } }] } });",
  ];
  expect(compile(text).map((line) => line.slice(0, 70))).toEqual([
    `5: TS2345: Argument of type '"tls.cert"' is not assignable to paramete`,
    "6: TS2741: Property 'issuerRef' is missing in type '{ secretName: stri",
    "7: TS2561: Object literal may only specify known properties, but 'dnsN",
    "8: TS2322: Type 'Provider' is not assignable to type 'NamedObject<\"Clu",
    `10: TS2322: Type '"DSA"' is not assignable to type '"ECDSA" | "Ed25519`,
    `11: TS2820: Type '"slak"' is not assignable to type '"alertmanager" | `,
    "12: TS2322: Type 'ConfigMap<\"ca\", never>' is not assignable to type 'S",
    "14: TS2322: Type 'Secret<\"tls.crt\">' is not assignable to type 'Secret",
    "15: TS2322: Type 'string' is not assignable to type 'number'.",
    "17: TS2322: Type 'ServicePort' is not assignable to type 'number'.",
    "18: TS2322: Type 'number' is not assignable to type 'string | Handle'.",
  ]);
});
