// Made by `npm run import`; nobody edits it.

/** A key of a Secret. */
export interface SecretKeySelector {
  readonly key?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** A service account. */
export interface ServiceAccountSelector {
  readonly audiences?: readonly string[];
  readonly name: string;
  readonly namespace?: string;
}

/** A key of a Secret or a ConfigMap that holds certificates of an authority. */
export interface AuthoritySelector {
  readonly key?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly type: 'Secret' | 'ConfigMap';
}

/** spec.provider of a SecretStore and of a ClusterSecretStore. */
export interface SecretStoreProviders {
  readonly akeyless?: {
    readonly akeylessGWApiURL: string;
    readonly authSecretRef: {
      readonly kubernetesAuth?: {
        readonly accessID: string;
        readonly k8sConfName: string;
        readonly secretRef?: SecretKeySelector;
        readonly serviceAccountRef?: ServiceAccountSelector;
      };
      readonly secretRef?: {
        readonly accessID?: SecretKeySelector;
        readonly accessType?: SecretKeySelector;
        readonly accessTypeParam?: SecretKeySelector;
      };
      readonly serviceAccountRef?: ServiceAccountSelector;
    };
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    readonly ignoreCache?: boolean;
  };
  readonly aws?: {
    readonly additionalRoles?: readonly string[];
    readonly auth?: {
      readonly jwt?: {
        readonly serviceAccountRef?: ServiceAccountSelector;
      };
      readonly secretRef?: {
        readonly accessKeyIDSecretRef?: SecretKeySelector;
        readonly secretAccessKeySecretRef?: SecretKeySelector;
        readonly sessionTokenSecretRef?: SecretKeySelector;
      };
    };
    readonly customSessionTags?: { readonly [name: string]: string };
    readonly externalID?: string;
    readonly prefix?: string;
    readonly region: string;
    readonly role?: string;
    readonly secretsManager?: {
      readonly forceDeleteWithoutRecovery?: boolean;
      readonly recoveryWindowInDays?: number;
    };
    readonly service: 'SecretsManager' | 'ParameterStore' | 'CertificateManager';
    readonly sessionTags?: readonly {
      readonly key: string;
      readonly value: string;
    }[];
    /** @default "None" */
    readonly sessionTagsPolicy?: 'None' | 'Simple' | 'Custom';
    readonly transitiveTagKeys?: readonly string[];
  };
  readonly azurekv?: {
    readonly authSecretRef?: {
      readonly clientCertificate?: SecretKeySelector;
      readonly clientId?: SecretKeySelector;
      readonly clientSecret?: SecretKeySelector;
      readonly tenantId?: SecretKeySelector;
    };
    /** @default "ServicePrincipal" */
    readonly authType?: 'ServicePrincipal' | 'ManagedIdentity' | 'WorkloadIdentity';
    readonly customCloudConfig?: {
      readonly activeDirectoryEndpoint: string;
      readonly keyVaultDNSSuffix?: string;
      readonly keyVaultEndpoint?: string;
      readonly resourceManagerEndpoint?: string;
    };
    /** @default "PublicCloud" */
    readonly environmentType?: 'PublicCloud' | 'USGovernmentCloud' | 'ChinaCloud' | 'GermanCloud' | 'AzureStackCloud';
    readonly identityId?: string;
    readonly serviceAccountRef?: ServiceAccountSelector;
    readonly tenantId?: string;
    /** @default false */
    readonly useAzureSDK?: boolean;
    readonly vaultUrl: string;
  };
  readonly barbican?: {
    readonly auth: {
      readonly password: {
        readonly secretRef: SecretKeySelector;
      };
      readonly username: {
        readonly secretRef?: SecretKeySelector;
        readonly value?: string;
      };
    };
    readonly authURL?: string;
    readonly domainName?: string;
    readonly region?: string;
    readonly tenantName?: string;
  };
  readonly beyondtrust?: {
    readonly auth: {
      readonly apiKey?: {
        readonly secretRef?: SecretKeySelector;
        readonly value?: string;
      };
      readonly certificate?: {
        readonly secretRef?: SecretKeySelector;
        readonly value?: string;
      };
      readonly certificateKey?: {
        readonly secretRef?: SecretKeySelector;
        readonly value?: string;
      };
      readonly clientId?: {
        readonly secretRef?: SecretKeySelector;
        readonly value?: string;
      };
      readonly clientSecret?: {
        readonly secretRef?: SecretKeySelector;
        readonly value?: string;
      };
    };
    readonly server: {
      readonly apiUrl: string;
      readonly apiVersion?: string;
      readonly clientTimeOutSeconds?: number;
      /** @default true */
      readonly decrypt?: boolean;
      readonly retrievalType?: string;
      readonly separator?: string;
      readonly verifyCA: boolean;
    };
  };
  readonly beyondtrustworkloadcredentials?: {
    readonly auth: {
      readonly apikey: {
        readonly token: SecretKeySelector;
      };
    };
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    readonly folderPath?: string;
    readonly server: {
      readonly apiUrl: string;
      readonly siteId: string;
    };
  };
  readonly bitwardensecretsmanager?: {
    readonly apiURL?: string;
    readonly auth: {
      readonly secretRef: {
        readonly credentials: SecretKeySelector;
      };
    };
    readonly bitwardenServerSDKURL?: string;
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    readonly identityURL?: string;
    readonly organizationID: string;
    readonly projectID: string;
  };
  readonly chef?: {
    readonly auth: {
      readonly secretRef: {
        readonly privateKeySecretRef: SecretKeySelector;
      };
    };
    readonly serverUrl: string;
    readonly username: string;
  };
  readonly cloudrusm?: {
    readonly auth: {
      readonly secretRef?: {
        readonly accessKeyIDSecretRef: SecretKeySelector;
        readonly accessKeySecretSecretRef: SecretKeySelector;
      };
    };
    readonly projectID?: string;
  };
  readonly conjur?: {
    readonly auth: {
      readonly apikey?: {
        readonly account: string;
        readonly apiKeyRef: SecretKeySelector;
        readonly userRef: SecretKeySelector;
      };
      readonly cert?: {
        readonly account: string;
        readonly clientCertRef: SecretKeySelector;
        readonly clientKeyRef: SecretKeySelector;
        readonly hostId?: string;
        readonly serviceID: string;
      };
      readonly jwt?: {
        readonly account: string;
        readonly hostId?: string;
        readonly secretRef?: SecretKeySelector;
        readonly serviceAccountRef?: ServiceAccountSelector;
        readonly serviceID: string;
      };
    };
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    readonly url: string;
  };
  readonly crd?: {
    readonly auth?: {
      readonly cert?: {
        readonly clientCert: SecretKeySelector;
        readonly clientKey: SecretKeySelector;
      };
      readonly serviceAccount?: ServiceAccountSelector;
      readonly token?: {
        readonly bearerToken: SecretKeySelector;
      };
    };
    readonly authRef?: SecretKeySelector;
    readonly resource: {
      readonly group: string;
      readonly kind: string;
      readonly version: string;
    };
    readonly server?: {
      readonly caBundle?: string;
      readonly caProvider?: AuthoritySelector;
      /** @default "kubernetes.default" */
      readonly url?: string;
    };
    readonly whitelist?: {
      readonly rules?: readonly {
        readonly name?: string;
        readonly namespace?: string;
        readonly properties?: readonly string[];
      }[];
    };
  };
  readonly delinea?: {
    readonly clientId: {
      readonly secretRef?: SecretKeySelector;
      readonly value?: string;
    };
    readonly clientSecret: {
      readonly secretRef?: SecretKeySelector;
      readonly value?: string;
    };
    readonly tenant: string;
    readonly tld?: string;
    readonly urlTemplate?: string;
  };
  readonly doppler?: {
    readonly auth: {
      readonly oidcConfig?: {
        /** @default 600 */
        readonly expirationSeconds?: number;
        readonly identity: string;
        readonly serviceAccountRef: ServiceAccountSelector;
      };
      readonly secretRef?: {
        readonly dopplerToken: SecretKeySelector;
      };
    };
    readonly config?: string;
    readonly format?: 'json' | 'dotnet-json' | 'env' | 'yaml' | 'docker';
    readonly nameTransformer?: 'upper-camel' | 'camel' | 'lower-snake' | 'tf-var' | 'dotnet-env' | 'lower-kebab';
    readonly project?: string;
  };
  readonly dvls?: {
    readonly auth: {
      readonly secretRef: {
        readonly appId: SecretKeySelector;
        readonly appSecret: SecretKeySelector;
      };
    };
    readonly insecure?: boolean;
    readonly serverUrl: string;
    readonly vault?: string;
  };
  readonly fake?: {
    readonly data: readonly {
      readonly key: string;
      readonly value: string;
      readonly version?: string;
    }[];
    readonly validationResult?: number;
  };
  readonly fortanix?: {
    readonly apiKey?: {
      readonly secretRef?: SecretKeySelector;
    };
    readonly apiUrl?: string;
  };
  readonly gcpsm?: {
    readonly auth?: {
      readonly secretRef?: {
        readonly secretAccessKeySecretRef?: SecretKeySelector;
      };
      readonly workloadIdentity?: {
        readonly clusterLocation?: string;
        readonly clusterName?: string;
        readonly clusterProjectID?: string;
        readonly serviceAccountRef: ServiceAccountSelector;
      };
      readonly workloadIdentityFederation?: {
        readonly audience?: string;
        readonly awsSecurityCredentials?: {
          readonly awsCredentialsSecretRef: {
            readonly name: string;
            readonly namespace?: string;
          };
          readonly region: string;
        };
        readonly credConfig?: SecretKeySelector;
        readonly externalTokenEndpoint?: string;
        readonly gcpServiceAccountEmail?: string;
        readonly serviceAccountRef?: ServiceAccountSelector;
      };
    };
    readonly location?: string;
    readonly projectID?: string;
    /** @default "LatestOrFail" */
    readonly secretVersionSelectionPolicy?: string;
  };
  readonly github?: {
    readonly appID: number;
    readonly auth: {
      readonly privateKey: SecretKeySelector;
    };
    readonly environment?: string;
    readonly installationID: number;
    readonly orgSecretVisibility?: 'all' | 'private';
    readonly organization: string;
    readonly repository?: string;
    readonly uploadURL?: string;
    /** @default "https://github.com/" */
    readonly url?: string;
  };
  readonly gitlab?: {
    readonly auth: {
      readonly SecretRef: {
        readonly accessToken?: SecretKeySelector;
      };
    };
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    readonly environment?: string;
    readonly groupIDs?: readonly string[];
    readonly inheritFromGroups?: boolean;
    readonly projectID?: string;
    readonly url?: string;
  };
  readonly ibm?: {
    readonly auth: {
      readonly containerAuth?: {
        readonly iamEndpoint?: string;
        readonly profile: string;
        readonly tokenLocation?: string;
      };
      readonly secretRef?: {
        readonly iamEndpoint?: string;
        readonly secretApiKeySecretRef?: SecretKeySelector;
      };
    };
    readonly serviceUrl?: string;
  };
  readonly infisical?: {
    readonly auth: {
      readonly awsAuthCredentials?: {
        readonly identityId: SecretKeySelector;
      };
      readonly azureAuthCredentials?: {
        readonly identityId: SecretKeySelector;
        readonly resource?: SecretKeySelector;
      };
      readonly gcpIamAuthCredentials?: {
        readonly identityId: SecretKeySelector;
        readonly serviceAccountKeyFilePath: SecretKeySelector;
      };
      readonly gcpIdTokenAuthCredentials?: {
        readonly identityId: SecretKeySelector;
      };
      readonly jwtAuthCredentials?: {
        readonly identityId: SecretKeySelector;
        readonly jwt: SecretKeySelector;
      };
      readonly kubernetesAuthCredentials?: {
        readonly identityId: SecretKeySelector;
        readonly serviceAccountTokenPath?: SecretKeySelector;
      };
      readonly ldapAuthCredentials?: {
        readonly identityId: SecretKeySelector;
        readonly ldapPassword: SecretKeySelector;
        readonly ldapUsername: SecretKeySelector;
      };
      readonly ociAuthCredentials?: {
        readonly fingerprint: SecretKeySelector;
        readonly identityId: SecretKeySelector;
        readonly privateKey: SecretKeySelector;
        readonly privateKeyPassphrase?: SecretKeySelector;
        readonly region: SecretKeySelector;
        readonly tenancyId: SecretKeySelector;
        readonly userId: SecretKeySelector;
      };
      readonly tokenAuthCredentials?: {
        readonly accessToken: SecretKeySelector;
      };
      readonly universalAuthCredentials?: {
        readonly clientId: SecretKeySelector;
        readonly clientSecret: SecretKeySelector;
      };
    };
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    /** @default "https://app.infisical.com/api" */
    readonly hostAPI?: string;
    readonly secretsScope: {
      readonly environmentSlug: string;
      /** @default true */
      readonly expandSecretReferences?: boolean;
      readonly organizationSlug?: string;
      readonly projectSlug: string;
      /** @default false */
      readonly recursive?: boolean;
      /** @default "/" */
      readonly secretsPath?: string;
    };
  };
  readonly keepersecurity?: {
    readonly authRef: SecretKeySelector;
    readonly folderID: string;
    readonly getByTitleFallback?: boolean;
  };
  readonly kubernetes?: {
    readonly auth?: {
      readonly cert?: {
        readonly clientCert: SecretKeySelector;
        readonly clientKey: SecretKeySelector;
      };
      readonly serviceAccount?: ServiceAccountSelector;
      readonly token?: {
        readonly bearerToken: SecretKeySelector;
      };
    };
    readonly authRef?: SecretKeySelector;
    /** @default "default" */
    readonly remoteNamespace?: string;
    readonly server?: {
      readonly caBundle?: string;
      readonly caProvider?: AuthoritySelector;
      /** @default "kubernetes.default" */
      readonly url?: string;
    };
  };
  readonly nebiusmysterybox?: {
    readonly apiDomain: string;
    readonly auth: {
      readonly serviceAccountCredsSecretRef?: SecretKeySelector;
      readonly tokenSecretRef?: SecretKeySelector;
    };
    readonly caProvider?: {
      readonly certSecretRef?: SecretKeySelector;
    };
  };
  readonly ngrok?: {
    /** @default "https://api.ngrok.com" */
    readonly apiUrl?: string;
    readonly auth: {
      readonly apiKey?: {
        readonly secretRef?: SecretKeySelector;
      };
    };
    readonly vault: {
      readonly name: string;
    };
  };
  readonly onboardbase?: {
    /** @default "https://public.onboardbase.com/api/v1/" */
    readonly apiHost?: string;
    readonly auth: {
      readonly apiKeyRef: SecretKeySelector;
      readonly passcodeRef: SecretKeySelector;
    };
    /** @default "development" */
    readonly environment?: string;
    /** @default "development" */
    readonly project?: string;
  };
  readonly onepassword?: {
    readonly auth: {
      readonly secretRef: {
        readonly connectTokenSecretRef: SecretKeySelector;
      };
    };
    readonly connectHost: string;
    readonly vaults: { readonly [name: string]: number };
  };
  readonly onepasswordSDK?: {
    readonly auth: {
      readonly serviceAccountSecretRef: SecretKeySelector;
    };
    readonly cache?: {
      /** @default 100 */
      readonly maxSize?: number;
      /** @default "5m" */
      readonly ttl?: string;
    };
    readonly environment?: string;
    readonly integrationInfo?: {
      /** @default "1Password SDK" */
      readonly name?: string;
      /** @default "v1.0.0" */
      readonly version?: string;
    };
    readonly vault?: string;
  };
  readonly openBao?: {
    readonly auth?: {
      readonly appRole?: {
        /** @default "approle" */
        readonly path?: string;
        readonly roleId?: string;
        readonly roleRef?: SecretKeySelector;
        readonly secretRef: SecretKeySelector;
      };
      readonly namespace?: string;
      readonly tokenSecretRef?: SecretKeySelector;
      readonly userPass?: {
        /** @default "userpass" */
        readonly path?: string;
        readonly secretRef?: SecretKeySelector;
        readonly username: string;
      };
    };
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    readonly namespace?: string;
    readonly path?: string;
    readonly server: string;
    /** @default "v2" */
    readonly version?: 'v1' | 'v2';
  };
  readonly oracle?: {
    readonly auth?: {
      readonly secretRef: {
        readonly fingerprint: SecretKeySelector;
        readonly privatekey: SecretKeySelector;
      };
      readonly tenancy: string;
      readonly user: string;
    };
    readonly compartment?: string;
    readonly encryptionKey?: string;
    readonly principalType?: '' | 'UserPrincipal' | 'InstancePrincipal' | 'Workload';
    readonly region: string;
    readonly serviceAccountRef?: ServiceAccountSelector;
    readonly vault: string;
  };
  readonly ovh?: {
    readonly auth: {
      readonly mtls?: {
        readonly caBundle?: string;
        readonly caProvider?: AuthoritySelector;
        readonly certSecretRef: SecretKeySelector;
        readonly keySecretRef: SecretKeySelector;
      };
      readonly token?: {
        readonly tokenSecretRef: SecretKeySelector;
      };
    };
    readonly casRequired?: boolean;
    /** @default 30 */
    readonly okmsTimeout?: number;
    readonly okmsid: string;
    readonly server: string;
  };
  readonly passbolt?: {
    readonly auth: {
      readonly passwordSecretRef: SecretKeySelector;
      readonly privateKeySecretRef: SecretKeySelector;
    };
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    readonly host: string;
  };
  readonly passworddepot?: {
    readonly auth: {
      readonly secretRef: {
        readonly credentials?: SecretKeySelector;
      };
    };
    readonly database: string;
    readonly host: string;
  };
  readonly previder?: {
    readonly auth: {
      readonly secretRef?: {
        readonly accessToken: SecretKeySelector;
      };
    };
    readonly baseUri?: string;
  };
  readonly pulumi?: {
    readonly accessToken?: {
      readonly secretRef?: SecretKeySelector;
    };
    /** @default "https://api.pulumi.com/api/esc" */
    readonly apiUrl?: string;
    readonly auth?: {
      readonly accessToken?: {
        readonly secretRef?: SecretKeySelector;
      };
      readonly oidcConfig?: {
        /** @default 600 */
        readonly expirationSeconds?: number;
        readonly organization: string;
        readonly serviceAccountRef: ServiceAccountSelector;
      };
    };
    readonly environment: string;
    readonly organization: string;
    readonly project: string;
  };
  readonly scaleway?: {
    readonly accessKey: {
      readonly secretRef?: SecretKeySelector;
      readonly value?: string;
    };
    readonly apiUrl?: string;
    readonly projectId: string;
    readonly region: string;
    readonly secretKey: {
      readonly secretRef?: SecretKeySelector;
      readonly value?: string;
    };
  };
  readonly secretserver?: {
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    readonly domain?: string;
    readonly password?: {
      readonly secretRef?: SecretKeySelector;
      readonly value?: string;
    };
    readonly serverURL: string;
    readonly token?: {
      readonly secretRef?: SecretKeySelector;
      readonly value?: string;
    };
    readonly username?: {
      readonly secretRef?: SecretKeySelector;
      readonly value?: string;
    };
  };
  readonly senhasegura?: {
    readonly auth: {
      readonly clientId: string;
      readonly clientSecretSecretRef: SecretKeySelector;
    };
    /** @default false */
    readonly ignoreSslCertificate?: boolean;
    readonly module: string;
    readonly url: string;
  };
  readonly vault?: {
    readonly auth?: {
      readonly appRole?: {
        /** @default "approle" */
        readonly path?: string;
        readonly roleId?: string;
        readonly roleRef?: SecretKeySelector;
        readonly secretRef: SecretKeySelector;
      };
      readonly cert?: {
        readonly clientCert?: SecretKeySelector;
        /** @default "cert" */
        readonly path?: string;
        readonly secretRef?: SecretKeySelector;
        readonly vaultRole?: string;
      };
      readonly gcp?: {
        readonly location?: string;
        /** @default "gcp" */
        readonly path?: string;
        readonly projectID?: string;
        readonly role: string;
        readonly secretRef?: {
          readonly secretAccessKeySecretRef?: SecretKeySelector;
        };
        readonly serviceAccountRef?: ServiceAccountSelector;
        readonly workloadIdentity?: {
          readonly clusterLocation?: string;
          readonly clusterName?: string;
          readonly clusterProjectID?: string;
          readonly serviceAccountRef: ServiceAccountSelector;
        };
      };
      readonly iam?: {
        readonly externalID?: string;
        readonly jwt?: {
          readonly serviceAccountRef?: ServiceAccountSelector;
        };
        readonly path?: string;
        readonly region?: string;
        readonly role?: string;
        readonly secretRef?: {
          readonly accessKeyIDSecretRef?: SecretKeySelector;
          readonly secretAccessKeySecretRef?: SecretKeySelector;
          readonly sessionTokenSecretRef?: SecretKeySelector;
        };
        readonly vaultAwsIamServerID?: string;
        readonly vaultRole: string;
      };
      readonly jwt?: {
        readonly kubernetesServiceAccountToken?: {
          readonly audiences?: readonly string[];
          readonly expirationSeconds?: number;
          readonly serviceAccountRef: ServiceAccountSelector;
        };
        /** @default "jwt" */
        readonly path?: string;
        readonly role?: string;
        readonly secretRef?: SecretKeySelector;
      };
      readonly kubernetes?: {
        /** @default "kubernetes" */
        readonly mountPath?: string;
        readonly role: string;
        readonly secretRef?: SecretKeySelector;
        readonly serviceAccountRef?: ServiceAccountSelector;
      };
      readonly ldap?: {
        /** @default "ldap" */
        readonly path?: string;
        readonly secretRef?: SecretKeySelector;
        readonly username: string;
      };
      readonly namespace?: string;
      readonly tokenSecretRef?: SecretKeySelector;
      readonly userPass?: {
        /** @default "userpass" */
        readonly path?: string;
        readonly secretRef?: SecretKeySelector;
        readonly username: string;
      };
    };
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    readonly checkAndSet?: {
      readonly required?: boolean;
    };
    readonly forwardInconsistent?: boolean;
    readonly headers?: { readonly [name: string]: string };
    readonly namespace?: string;
    readonly path?: string;
    readonly readYourWrites?: boolean;
    readonly server: string;
    readonly tls?: {
      readonly certSecretRef?: SecretKeySelector;
      readonly keySecretRef?: SecretKeySelector;
    };
    /** @default "v2" */
    readonly version?: 'v1' | 'v2';
  };
  readonly volcengine?: {
    readonly auth?: {
      readonly secretRef?: {
        readonly accessKeyID: SecretKeySelector;
        readonly secretAccessKey: SecretKeySelector;
        readonly token?: SecretKeySelector;
      };
    };
    readonly region: string;
  };
  readonly webhook?: {
    readonly auth?: {
      readonly ntlm?: {
        readonly passwordSecret: SecretKeySelector;
        readonly usernameSecret: SecretKeySelector;
      };
    };
    readonly body?: string;
    readonly caBundle?: string;
    readonly caProvider?: AuthoritySelector;
    readonly headers?: { readonly [name: string]: string };
    readonly method?: string;
    readonly result?: {
      readonly jsonPath?: string;
    };
    readonly secrets?: readonly {
      readonly name: string;
      readonly secretRef: SecretKeySelector;
    }[];
    readonly timeout?: string;
    readonly url: string;
  };
  readonly yandexcertificatemanager?: {
    readonly apiEndpoint?: string;
    readonly auth: {
      readonly authorizedKeySecretRef?: SecretKeySelector;
    };
    readonly caProvider?: {
      readonly certSecretRef?: SecretKeySelector;
    };
    readonly fetching?: {
      readonly byID?: Readonly<Record<string, unknown>>;
      readonly byName?: {
        readonly folderID: string;
      };
    };
  };
  readonly yandexlockbox?: {
    readonly apiEndpoint?: string;
    readonly auth: {
      readonly authorizedKeySecretRef?: SecretKeySelector;
    };
    readonly caProvider?: {
      readonly certSecretRef?: SecretKeySelector;
    };
    readonly fetching?: {
      readonly byID?: Readonly<Record<string, unknown>>;
      readonly byName?: {
        readonly folderID: string;
      };
    };
  };
}
