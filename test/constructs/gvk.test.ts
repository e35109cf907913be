import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterSecretStore } from '../../imports/cluster-secret-store';
import { Cluster } from '../../imports/cnpg-cluster';
import { ObjectStore } from '../../imports/cnpg-object-store';
import { ScheduledBackup } from '../../imports/cnpg-scheduled-backup';
import { ExternalSecret } from '../../imports/external-secret';
import { Bucket } from '../../imports/flux-bucket';
import { Kustomization } from '../../imports/flux-kustomization';
import { GitRepository } from '../../imports/git-repository';
import { HelmRelease } from '../../imports/helm-release';
import { HelmRepository } from '../../imports/helm-repository';
import { HttpRoute } from '../../imports/http-route';
import { OciRepository } from '../../imports/oci-repository';
import { PushSecret } from '../../imports/push-secret';
import { SecretStore } from '../../imports/secret-store';
import { gvk } from '../../lib/constructs/gvk';
import { repository } from '../repository';

test('constructs make the versions that imports/ has the types of', () => {
  const imported = {
    Bucket: Bucket.GVK,
    Cluster: Cluster.GVK,
    ClusterSecretStore: ClusterSecretStore.GVK,
    ExternalSecret: ExternalSecret.GVK,
    GitRepository: GitRepository.GVK,
    HelmRelease: HelmRelease.GVK,
    HelmRepository: HelmRepository.GVK,
    HttpRoute: HttpRoute.GVK,
    Kustomization: Kustomization.GVK,
    ObjectStore: ObjectStore.GVK,
    OciRepository: OciRepository.GVK,
    PushSecret: PushSecret.GVK,
    ScheduledBackup: ScheduledBackup.GVK,
    SecretStore: SecretStore.GVK,
  };
  expect(gvk).toEqual(imported);
});

test('the library imports types from imports/, and no class: they are half a megabyte of code that every run would load', () => {
  const files = readdirSync(join(repository, 'lib'), { recursive: true, encoding: 'utf8' });
  const loading = files.filter(
    (path) =>
      path.endsWith('.ts') &&
      /^import (?!type )[^;]*? from '[./]*\/imports\//m.test(readFileSync(join(repository, 'lib', path), 'utf8')),
  );
  expect(loading).toEqual([]);
});
