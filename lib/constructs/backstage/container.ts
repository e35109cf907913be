import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { backstagePort, imageConfigs as configsOfImage } from '../../systems/backstage/app-config';
import type { Format } from '../../systems/format';
import { pinnedImage } from '../../systems/image';
import { literal } from '../flux/substitution';
import { requireFormat } from '../formats';
import { readConfigMap } from '../workload';
import type { ContainerEnvironment } from '../workload/container-environment';
import type { AppConfig } from './app-config';

export interface BackstageContainerProps {
  /** Backstage's image, pinned. */
  readonly image: string;
  /** Settings on top of the image's. Without them, the image starts as it does by itself. @default none */
  readonly appConfig?: AppConfig;
  /**
   * The image's own app-configs, which Backstage would no longer read beside `appConfig` unless they are named.
   * @default ['app-config.yaml', 'app-config.production.yaml'], as in the Dockerfile of create-app
   */
  readonly imageConfigs?: readonly string[];
  /** What `appConfig` is given to, as `--config`. @default ['node', 'packages/backend'], as in that Dockerfile */
  readonly start?: readonly string[];
  /**
   * Paths of the probes; the startup probe waits for readiness, at most five minutes.
   * @default those of the new backend system: /.backstage/health/v1/readiness and …/liveness
   */
  readonly probes?: { readonly readiness?: string; readonly liveness?: string };
  /** Backstage before 1.33 writes its configuration into its own files. @default true */
  readonly readOnlyRootFilesystem?: boolean;
}

const health = '/.backstage/health/v1';

const httpPath: Format = {
  allowed: 'a path that begins with "/", without spaces',
  example: `"${health}/readiness"`,
  accepts: (value) => /^\/\S*$/.test(value),
};

/**
 * Backstage's container, without its resources: cdk8s-plus writes those in units of its own.
 *
 * @param scope the construct that is named in errors, and that volumes belong to
 */
export function addBackstageContainer(
  scope: Construct,
  deployment: kplus.Deployment,
  environment: ContainerEnvironment,
  props: BackstageContainerProps,
): void {
  const { appConfig, probes } = props;
  const readiness = requireFormat(scope, 'probes.readiness', probes?.readiness ?? `${health}/readiness`, httpPath);
  const liveness = requireFormat(scope, 'probes.liveness', probes?.liveness ?? `${health}/liveness`, httpPath);
  const container = deployment.addContainer({
    name: 'backstage',
    image: requireFormat(scope, 'image', props.image, pinnedImage),
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    args: appConfig && startWith(appConfig, props).map((arg) => literal(scope, arg)),
    ports: [{ name: 'http', number: backstagePort }],
    envFrom: environment.envFrom,
    envVariables: environment.variables,
    resources: {},
    startup: kplus.Probe.fromHttpGet(literal(scope, readiness), every(5, { failures: 60 })),
    readiness: kplus.Probe.fromHttpGet(literal(scope, readiness), every(10, { failures: 3 })),
    liveness: kplus.Probe.fromHttpGet(literal(scope, liveness), every(10, { failures: 6 })),
    securityContext: {
      readOnlyRootFilesystem: props.readOnlyRootFilesystem ?? true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: [kplus.Capability.ALL] },
      seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
    },
  });
  // TechDocs and the scaffolder work in os.tmpdir().
  container.mount('/tmp', kplus.Volume.fromEmptyDir(scope, 'tmp', 'tmp'));
  if (!appConfig) return;
  readConfigMap(scope, appConfig);
  const source = kplus.ConfigMap.fromConfigMapName(scope, `mounted-${appConfig.name}`, appConfig.name);
  container.mount(appConfig.folder, kplus.Volume.fromConfigMap(scope, 'app-config', source, { name: 'app-config' }), {
    readOnly: true,
  });
}

/** With any `--config`, Backstage reads none but those named. (config-loader, ConfigSources) */
function startWith(appConfig: AppConfig, { start, imageConfigs }: BackstageContainerProps): string[] {
  const configs = [...(imageConfigs ?? configsOfImage), appConfig.path];
  return [...(start ?? ['node', 'packages/backend']), ...configs.flatMap((config) => ['--config', config])];
}

function every(seconds: number, { failures }: { failures: number }): kplus.HttpGetProbeOptions {
  return {
    port: backstagePort,
    periodSeconds: Duration.seconds(seconds),
    timeoutSeconds: Duration.seconds(5),
    failureThreshold: failures,
  };
}
